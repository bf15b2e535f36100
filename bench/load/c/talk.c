/*
 * The fan-out run: greet, warm up, measure, drain, report.
 * Marks the measured window on standard error, for the bench, which samples the server.
 */
#include <stdio.h>

#include "clock.h"
#include "cpu-time.h"
#include "greet.h"
#include "landing.h"
#include "modes.h"
#include "pace.h"
#include "report.h"
#include "turn.h"

#define GREET_SECONDS_MAX 60
#define SETTLE_MS 200 /* presence and the like die down before the first message */
#define WAIT_NS_MAX (50 * NS_PER_MS)

static void mark(const char *what) {
  fprintf(stderr, "%s\n", what);
}

static uint64_t smaller(uint64_t a, uint64_t b) {
  return a < b ? a : b;
}

/* Runs the loop until then; without a schedule, messages are paced by their landing. */
static void run_until(struct load *load, uint64_t until_ns, struct schedule *schedule) {
  for (;;) {
    uint64_t now_ns = clock_ns();
    if (now_ns >= until_ns)
      return;
    if (schedule == NULL)
      pace_closed(load);
    else
      pace_open(load, schedule, now_ns);
    pace_pings(load);
    turn_flush(load);
    uint64_t next_ns = smaller(until_ns, now_ns + WAIT_NS_MAX);
    if (schedule != NULL)
      next_ns = smaller(next_ns, pace_open_due(load, schedule));
    now_ns = clock_ns();
    turn_wait(load, next_ns > now_ns ? next_ns - now_ns : 0);
  }
}

static void settle(struct load *load) {
  uint64_t until_ns = clock_ns() + SETTLE_MS * NS_PER_MS;
  while (clock_ns() < until_ns) {
    turn_wait(load, 20 * NS_PER_MS);
    turn_flush(load);
  }
}

static bool all_arrived(const struct load *load) {
  const struct tally *tally = &load->tally;
  if (load->options.dialect->acknowledges && tally->acks + tally->errors < tally->messages)
    return false;
  for (uint32_t i = 0; i < load->crowd; i++) {
    const struct connection *connection = &load->connections[i];
    if (!connection->stalled && connection->phase == PHASE_READY &&
        connection->received < load->room_messages[connection->room])
      return false;
  }
  return true;
}

/* Returns the seconds that the last messages took. */
static double drain(struct load *load) {
  uint64_t from_ns = clock_ns();
  uint64_t until_ns = from_ns + (uint64_t)(load->options.drain_seconds * 1e9);
  while (clock_ns() < until_ns && !all_arrived(load)) {
    turn_wait(load, 20 * NS_PER_MS);
    turn_flush(load);
  }
  return (double)(clock_ns() - from_ns) / 1e9;
}

static void measure(struct load *load, struct window *window, struct schedule *schedule) {
  uint64_t from_ns = clock_ns();
  mark("measuring");
  load->measure_from_ns = from_ns;
  window->before = load->tally;
  double cpu_before = cpu_seconds();
  run_until(load, from_ns + (uint64_t)(load->options.seconds * 1e9), schedule);
  window->after = load->tally;
  window->generator_cpu_seconds = cpu_seconds() - cpu_before;
  window->seconds = (double)(clock_ns() - from_ns) / 1e9;
  mark("measured");
}

int talk_run(struct load *load) {
  if (!greet_all(load, clock_ns() + GREET_SECONDS_MAX * NS_PER_S) || load->ready < load->crowd) {
    fprintf(stderr, "load: %u of %u ready, %u refused (%s), %u failed\n", load->ready, load->crowd,
            load->refused, load->first_refusal, load->failed);
    return 1;
  }
  settle(load);
  struct schedule schedule = {.from_ns = clock_ns()};
  struct schedule *open_loop = load->options.rate > 0 ? &schedule : NULL;
  if (open_loop == NULL)
    landing_start(load);
  struct window window = {0};
  run_until(load, clock_ns() + (uint64_t)(load->options.warmup_seconds * 1e9), open_loop);
  measure(load, &window, open_loop);
  window.drain_seconds = drain(load);
  report_talk(load, &window);
  return 0;
}
