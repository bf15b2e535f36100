/*
 * The greeting of greet.h.
 * Knows how many connections are under way; what happens on each is told by control.c.
 */
#include "greet.h"

#include "clock.h"
#include "dialect.h"
#include "pace.h"
#include "turn.h"

/* Well under the backlog of 512 that most servers listen with, so that no SYN is ever dropped. */
#define UNDER_WAY_MAX 128

static uint32_t settled(const struct load *load) {
  return load->ready + load->refused + load->failed;
}

static void dial_next(struct load *load) {
  struct connection *connection = &load->connections[load->dialled++];
  if (!connection_dial(connection, load->options.port)) {
    connection->phase = PHASE_CLOSED;
    load->failed++;
    return;
  }
  load->options.dialect->greet(connection);
  turn_watch(load, connection);
  turn_flush_later(load, connection);
}

bool greet_all(struct load *load, uint64_t deadline_ns) {
  uint32_t own_max = load->options.dialect->under_way_max;
  uint32_t under_way_max = own_max > 0 ? own_max : UNDER_WAY_MAX;
  while (settled(load) < load->crowd) {
    while (load->dialled < load->crowd && load->dialled < settled(load) + under_way_max)
      dial_next(load);
    turn_flush(load);
    turn_wait(load, 20 * NS_PER_MS);
    pace_pings(load);
    turn_flush(load);
    if (clock_ns() > deadline_ns)
      return false;
  }
  return true;
}
