/*
 * The dialling of redial.h. What another connection left behind is gone but for its place on the
 * list of those to flush, which it would otherwise be on twice.
 */
#include "redial.h"

#include "turn.h"

bool redial(struct load *load, struct connection *connection) {
  *connection = (struct connection){
      .fd = -1,
      .phase = PHASE_CLOSED,
      .index = connection->index,
      .room = connection->room,
      .timed = connection->timed,
      .flush_due = connection->flush_due,
  };
  if (!connection_dial(connection, load->options.port))
    return false;
  load->options.dialect->greet(connection);
  turn_watch(load, connection);
  turn_flush_later(load, connection);
  return true;
}
