/*
 * What people do in a traffic run, and what becomes of it: they speak, move, are in, are gone.
 * Maru's people move by leave and join; those of the other dialects go and come back elsewhere.
 * Keeps no time; traffic.c says what is due.
 */
#include "redial.h"
#include "traffic.h"
#include "turn.h"

void traffic_phase_changed(struct load *load, struct connection *connection) {
  struct traffic *traffic = load->traffic;
  struct person *person = &traffic->people[connection->index];
  if (connection->phase == PHASE_READY) {
    person->present = true;
    traffic->present[connection->room]++;
    if (person->move_due_ns == 0)
      return;
    if (person->move_due_ns >= load->measure_from_ns)
      histogram_record(&traffic->move_latency, load->turn_ns - person->move_due_ns);
    traffic->tally.moves_done++;
  } else if (connection->phase >= PHASE_REFUSED) {
    person->membership.stay = STAY_OUT;
    if (person->present)
      traffic->present[connection->room]--;
    person->present = false;
    if (person->move_due_ns == 0)
      return;
  } else {
    return;
  }
  person->move_due_ns = 0;
  traffic->moving--;
}

static void say(struct load *load, struct connection *connection, const struct action *action) {
  struct traffic *traffic = load->traffic;
  load->options.dialect->say(connection, action->value, traffic->from_ns + action->due_ns);
  if (action->kind == ACTION_SAY_KOREAN && traffic->checks_seqs)
    traffic_maru_translate(connection, action->value);
  load->room_messages[connection->room]++;
  load->tally.messages++;
  traffic->tally.expected += traffic->present[connection->room];
  if (!load->options.dialect->echoes)
    traffic->tally.expected--;
  turn_flush_later(load, connection);
}

static void move(struct load *load, struct connection *connection, const struct action *action) {
  struct traffic *traffic = load->traffic;
  struct person *person = &traffic->people[connection->index];
  traffic->tally.moves++;
  traffic->moving++;
  traffic->present[connection->room]--;
  person->present = false;
  person->moved = true;
  person->move_due_ns = traffic->from_ns + action->due_ns;
  if (traffic->checks_seqs) {
    traffic_maru_move(load, connection, action->value);
    return;
  }
  connection_close(connection, PHASE_CLOSED);
  connection->room = action->value;
  if (redial(load, connection))
    return;
  load->failed++;
  traffic_phase_changed(load, connection);
}

/* False when its person is not in yet, and may be. */
static bool perform(struct load *load, const struct action *action) {
  struct connection *connection = &load->connections[action->person];
  if (connection->phase >= PHASE_REFUSED)
    load->traffic->tally.unsaid++;
  else if (connection->phase != PHASE_READY)
    return false;
  else if (action->kind == ACTION_MOVE)
    move(load, connection, action);
  else
    say(load, connection, action);
  return true;
}

/* What waits comes first: each person acts in the order of the script. */
void traffic_perform_due(struct load *load, uint64_t now_ns) {
  struct traffic *traffic = load->traffic;
  const struct action *actions = traffic->script.actions;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < traffic->held_count; i++)
    if (!perform(load, &actions[traffic->held[i]]))
      traffic->held[kept++] = traffic->held[i];
  traffic->held_count = kept;
  for (; traffic->next_action < traffic->script.count; traffic->next_action++) {
    const struct action *action = &actions[traffic->next_action];
    if (traffic->from_ns + action->due_ns > now_ns)
      return;
    traffic->tally.due += action->kind != ACTION_MOVE;
    if (perform(load, action))
      continue;
    traffic->held[traffic->held_count++] = traffic->next_action;
    traffic->tally.held++;
  }
}
