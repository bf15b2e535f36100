/*
 * The pace of pace.h: talkers take turns over all rooms, so that with many rooms neighbouring
 * messages go to different ones, as they would.
 */
#include "pace.h"

#include "clock.h"
#include "landing.h"
#include "turn.h"

/* False when no talker is left alive. */
static bool say_next(struct load *load, uint64_t due_ns) {
  uint32_t talkers = load->options.rooms * load->options.talkers;
  for (uint32_t tries = 0; tries < talkers; tries++) {
    struct connection *talker = &load->connections[load->next_talker];
    load->next_talker = load->next_talker + 1 < talkers ? load->next_talker + 1 : 0;
    if (talker->phase != PHASE_READY)
      continue;
    uint64_t before = talker->received;
    load->options.dialect->say(talker, load->options.text_bytes, due_ns);
    load->room_messages[talker->room]++;
    load->tally.messages++;
    landing_moved(load, talker, before);
    turn_flush_later(load, talker);
    return true;
  }
  return false;
}

void pace_closed(struct load *load) {
  if (load->tokens == 0)
    return;
  uint64_t now_ns = clock_ns();
  for (; load->tokens > 0; load->tokens--)
    if (!say_next(load, now_ns))
      return;
}

uint64_t pace_open_due(const struct load *load, const struct schedule *schedule) {
  double ahead_s = (double)schedule->said / load->options.rate;
  return schedule->from_ns + (uint64_t)(ahead_s * 1e9);
}

void pace_open(struct load *load, struct schedule *schedule, uint64_t now_ns) {
  for (;;) {
    uint64_t due_ns = pace_open_due(load, schedule);
    if (due_ns > now_ns || !say_next(load, due_ns))
      return;
    schedule->said++;
  }
}

void pace_pings(struct load *load) {
  if (load->options.ping_ms == 0)
    return;
  uint64_t now_ns = clock_ns();
  if (load->pings_from_ns == 0)
    load->pings_from_ns = now_ns;
  double intervals = (double)(now_ns - load->pings_from_ns) / (load->options.ping_ms * 1e6);
  uint64_t due = (uint64_t)(intervals * load->crowd);
  for (; load->pings_done < due; load->pings_done++) {
    struct connection *connection = &load->connections[load->ping_cursor];
    load->ping_cursor = load->ping_cursor + 1 < load->crowd ? load->ping_cursor + 1 : 0;
    if (connection->phase != PHASE_READY)
      continue;
    load->options.dialect->ping(connection);
    turn_flush_later(load, connection);
  }
}
