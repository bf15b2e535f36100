/*
 * The storm: the whole crowd wants in, at once or so many at a time; who is turned away comes again after
 * a wait, as the SDK would. Measures how long each has to wait until it is in its room: from its first
 * dial, or, where all want in at once, from the beginning, whenever we get to dial it.
 * Marks the window on standard error: from the first dial until the last one is in.
 */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "cpu-time.h"
#include "json.h"
#include "load.h"
#include "modes.h"
#include "pace.h"
#include "redial.h"
#include "retry-queue.h"
#include "turn.h"

#define DIALS_PER_TURN 64 /* then those who are let in get a turn of the loop */
#define HOLD_MS 300       /* a connection that is let in only to be cut at once is not in */
#define RETRY_MS_MIN 250  /* the SDK's policy: full jitter below a ceiling that doubles */
#define RETRY_MS_MAX 30000

struct guest {
  uint64_t wanted_ns; /* in: at its first dial, or from the beginning; 0 = not yet */
  uint32_t attempts;
  bool in;
};

static struct storm {
  struct guest *guests;
  struct retry_queue retries;
  struct histogram wait;
  uint32_t dialled;   /* at least once */
  uint32_t under_way; /* dialled, and neither in nor turned away */
  uint32_t in;        /* at this moment */
  uint32_t arrived;   /* were in at some moment */
  uint64_t attempts;
  uint64_t half_in_ns, all_in_ns;
  uint64_t random;
} storm;

/* Uniform below `below`, by xorshift64: the same seed waits the same. */
static uint64_t draw(uint64_t below) {
  storm.random ^= storm.random << 13;
  storm.random ^= storm.random >> 7;
  storm.random ^= storm.random << 17;
  return storm.random % below;
}

static void come_again(const struct connection *connection) {
  uint32_t doublings = storm.guests[connection->index].attempts - 1;
  uint64_t ceiling_ms = RETRY_MS_MAX;
  if (doublings < 7)
    ceiling_ms = (uint64_t)RETRY_MS_MIN << doublings;
  uint64_t wait_ns = draw(ceiling_ms * NS_PER_MS);
  retry_queue_add(&storm.retries, (struct retry){clock_ns() + wait_ns, connection->index});
}

static void arrive(const struct load *load, struct guest *guest) {
  uint64_t now_ns = clock_ns();
  guest->in = true;
  storm.under_way--;
  storm.in++;
  storm.arrived++;
  histogram_record(&storm.wait, now_ns - guest->wanted_ns);
  if (storm.arrived == (load->crowd + 1) / 2)
    storm.half_in_ns = now_ns;
  if (storm.arrived == load->crowd)
    storm.all_in_ns = now_ns;
}

/* Who is cut after being in is not dialled again: that is a fault, and stays one. */
static void phase_changed(struct load *load, struct connection *connection) {
  struct guest *guest = &storm.guests[connection->index];
  if (connection->phase == PHASE_READY) {
    arrive(load, guest);
  } else if (connection->phase >= PHASE_REFUSED && guest->in) {
    guest->in = false;
    storm.in--;
  } else if (connection->phase >= PHASE_REFUSED) {
    storm.under_way--;
    come_again(connection);
  }
}

/* All at once are all; otherwise no more than the server's own backlog holds. */
static uint32_t under_way_max(const struct load *load) {
  uint32_t asked = load->options.under_way, own_max = load->options.dialect->under_way_max;
  if (asked == 0)
    return load->crowd;
  return own_max > 0 && own_max < asked ? own_max : asked;
}

static void dial(struct load *load, uint32_t index) {
  struct guest *guest = &storm.guests[index];
  if (guest->wanted_ns == 0)
    guest->wanted_ns = clock_ns();
  guest->attempts++;
  storm.attempts++;
  if (redial(load, &load->connections[index])) {
    storm.under_way++;
    return;
  }
  load->failed++;
  come_again(&load->connections[index]);
}

/* True when more could be dialled at once. Those who wait for another try come first. */
static bool dial_some(struct load *load) {
  uint64_t now_ns = clock_ns();
  for (uint32_t i = 0; i < DIALS_PER_TURN; i++) {
    uint32_t index = storm.dialled;
    if (storm.under_way >= under_way_max(load))
      return false;
    if (!retry_queue_take(&storm.retries, now_ns, &index)) {
      if (storm.dialled == load->crowd)
        return false;
      storm.dialled++;
    }
    dial(load, index);
  }
  return true;
}

/* All at once: who has to wait for our own dialling waits all the same. */
static void begin(struct load *load, uint64_t now_ns) {
  for (uint32_t i = 0; load->options.under_way == 0 && i < load->crowd; i++)
    storm.guests[i].wanted_ns = now_ns;
}

static void turn(struct load *load, uint64_t wait_ns) {
  turn_flush(load);
  turn_wait(load, wait_ns);
  pace_pings(load);
  turn_flush(load);
}

static void let_in(struct load *load, uint64_t until_ns) {
  while (storm.arrived < load->crowd && clock_ns() < until_ns) {
    bool more = dial_some(load);
    uint64_t now_ns = clock_ns(), due_ns = retry_queue_due(&storm.retries);
    uint64_t wait_ns = due_ns > now_ns ? due_ns - now_ns : 0;
    if (wait_ns > 20 * NS_PER_MS || storm.under_way >= under_way_max(load))
      wait_ns = 20 * NS_PER_MS;
    turn(load, more ? 0 : wait_ns);
  }
}

static void report(const struct load *load, uint64_t from_ns, double generator_cpu_seconds) {
  uint64_t end_ns = storm.all_in_ns > 0 ? storm.all_in_ns : clock_ns();
  uint64_t half_ns = storm.half_in_ns > 0 ? storm.half_in_ns : end_ns;
  printf("{\"dialect\":\"%s\",", load->options.dialect->name);
  print_count("connections", load->crowd);
  print_count("held", storm.in);
  print_real("seconds", (double)(end_ns - from_ns) / 1e9);
  print_real("halfSeconds", (double)(half_ns - from_ns) / 1e9);
  print_latency(&storm.wait);
  print_count("attempts", storm.attempts);
  print_count("retries", storm.attempts - storm.dialled);
  print_count("refused", load->refused);
  print_count("failed", load->failed);
  print_count("disconnects", load->tally.disconnects);
  print_count("closes", load->tally.closes);
  print_count("malformed", load->tally.malformed);
  print_real("generatorCpuSeconds", generator_cpu_seconds);
  printf("\"refusal\":\"%s\"}\n", load->first_refusal);
}

int storm_run(struct load *load) {
  storm.guests = calloc(load->crowd, sizeof(storm.guests[0]));
  storm.retries = retry_queue_create(load->crowd);
  storm.random = 0x9e3779b97f4a7c15ull * (load->options.seed + 1);
  if (storm.guests == NULL) {
    perror("load");
    return 1;
  }
  load->phase_changed = phase_changed;
  fprintf(stderr, "measuring\n");
  double cpu_before = cpu_seconds();
  uint64_t from_ns = clock_ns();
  begin(load, from_ns);
  let_in(load, from_ns + (uint64_t)(load->options.seconds * 1e9));
  double generator_cpu_seconds = cpu_seconds() - cpu_before;
  fprintf(stderr, "measured\n");
  uint64_t held_ns = clock_ns() + HOLD_MS * NS_PER_MS;
  while (clock_ns() < held_ns)
    turn(load, 20 * NS_PER_MS);
  report(load, from_ns, generator_cpu_seconds);
  return 0;
}
