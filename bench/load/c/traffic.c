/*
 * The traffic run: greets, plays a script in an open loop, drains, reports. Everything is done when
 * it is due, and a message is stamped with that, late or not.
 * Marks the measured window on standard error, for the bench, which samples the server.
 */
#include "traffic.h"

#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "cpu-time.h"
#include "greet.h"
#include "modes.h"
#include "pace.h"
#include "traffic-report.h"
#include "turn.h"

#define GREET_SECONDS_MAX 60
#define SETTLE_MS 300 /* presence of the greeting dies down before the first message */
#define WAIT_NS_MAX (20 * NS_PER_MS)

static void *zeroed(size_t count, size_t bytes) {
  void *memory = calloc(count + 1, bytes);
  if (memory == NULL) {
    perror("load");
    exit(1);
  }
  return memory;
}

void traffic_start(struct load *load) {
  static struct traffic traffic;
  traffic.script = script_read(load->options.script);
  traffic.people = zeroed(traffic.script.people, sizeof(traffic.people[0]));
  traffic.room_heads = zeroed(traffic.script.rooms, sizeof(traffic.room_heads[0]));
  traffic.present = zeroed(traffic.script.rooms, sizeof(traffic.present[0]));
  traffic.held = zeroed(traffic.script.count, sizeof(traffic.held[0]));
  traffic.checks_seqs = load->options.dialect == &dialect_maru;
  if (traffic.checks_seqs)
    load->options.dialect = traffic_maru_dialect();
  load->options.rooms = traffic.script.rooms;
  load->traffic = &traffic;
  load->phase_changed = traffic_phase_changed;
}

static void turn(struct load *load, uint64_t next_ns) {
  pace_pings(load);
  turn_flush(load);
  uint64_t now_ns = clock_ns();
  uint64_t wait_ns = next_ns > now_ns ? next_ns - now_ns : 0;
  turn_wait(load, wait_ns < WAIT_NS_MAX ? wait_ns : WAIT_NS_MAX);
  turn_flush(load);
}

static void play_until(struct load *load, uint64_t until_ns) {
  struct traffic *traffic = load->traffic;
  for (;;) {
    uint64_t now_ns = clock_ns(), next_ns = until_ns;
    if (now_ns >= until_ns)
      return;
    traffic_perform_due(load, now_ns);
    if (traffic->next_action < traffic->script.count) {
      uint64_t due_ns = traffic->from_ns + traffic->script.actions[traffic->next_action].due_ns;
      next_ns = due_ns < until_ns ? due_ns : until_ns;
    }
    turn(load, next_ns);
  }
}

static bool is_behind(const struct load *load, const struct connection *connection) {
  const struct traffic *traffic = load->traffic;
  const struct person *person = &traffic->people[connection->index];
  if (connection->phase != PHASE_READY)
    return false;
  if (traffic->checks_seqs)
    return person->membership.seq < traffic->room_heads[connection->room];
  return !person->moved && connection->received < load->room_messages[connection->room];
}

static bool is_drained(const struct load *load) {
  const struct tally *tally = &load->tally;
  if (load->traffic->moving > 0 || load->traffic->held_count > 0)
    return false;
  if (load->options.dialect->acknowledges && tally->acks + tally->errors < tally->messages)
    return false;
  for (uint32_t i = 0; i < load->crowd; i++)
    if (is_behind(load, &load->connections[i]))
      return false;
  return true;
}

static double drain(struct load *load) {
  uint64_t from_ns = clock_ns();
  uint64_t until_ns = from_ns + (uint64_t)(load->options.drain_seconds * 1e9);
  while (clock_ns() < until_ns && !is_drained(load)) {
    traffic_perform_due(load, 0); /* what waits, and nothing new */
    turn(load, until_ns);
  }
  return (double)(clock_ns() - from_ns) / 1e9;
}

static void measure(struct load *load, struct traffic_window *window) {
  struct traffic *traffic = load->traffic;
  window->before = load->tally;
  window->traffic_before = traffic->tally;
  double cpu_before = cpu_seconds();
  uint64_t from_ns = clock_ns();
  fprintf(stderr, "measuring\n");
  play_until(load, load->measure_from_ns + (uint64_t)(load->options.seconds * 1e9));
  fprintf(stderr, "measured\n");
  window->seconds = (double)(clock_ns() - from_ns) / 1e9;
  window->generator_cpu_seconds = cpu_seconds() - cpu_before;
  window->after = load->tally;
  window->traffic_after = traffic->tally;
}

int traffic_run(struct load *load) {
  struct traffic *traffic = load->traffic;
  if (!greet_all(load, clock_ns() + GREET_SECONDS_MAX * NS_PER_S) || load->ready < load->crowd) {
    fprintf(stderr, "load: %u of %u ready, %u refused (%s), %u failed\n", load->ready, load->crowd,
            load->refused, load->first_refusal, load->failed);
    return 1;
  }
  traffic->from_ns = UINT64_MAX / 2; /* nothing is due yet */
  play_until(load, clock_ns() + SETTLE_MS * NS_PER_MS);
  traffic->from_ns = clock_ns();
  load->measure_from_ns = traffic->from_ns + (uint64_t)(load->options.warmup_seconds * 1e9);
  play_until(load, load->measure_from_ns);
  struct traffic_window window;
  measure(load, &window);
  window.drain_seconds = drain(load);
  report_traffic(load, &window);
  return 0;
}
