/*
 * The phases of a connection: see control.h.
 * Never parses; the dialects tell what a frame means.
 */
#include "control.h"

#include <stdio.h>
#include <sys/epoll.h>

#include "landing.h"
#include "turn.h"

static void keep_first(char *kept, const char *code) {
  if (kept[0] == '\0')
    snprintf(kept, CODE_BYTES, "%s", code);
}

void control_greeted(struct load *load, struct connection *connection) {
  if (load->options.rooms == 0) {
    control_ready(load, connection);
    return;
  }
  connection->phase = PHASE_JOINING;
  load->options.dialect->join(connection);
  turn_flush_later(load, connection);
}

void control_ready(struct load *load, struct connection *connection) {
  connection->phase = PHASE_READY;
  load->ready++;
  if (connection->stalled) {
    struct epoll_event deaf = {.events = EPOLLRDHUP | EPOLLOUT | EPOLLET, .data.ptr = connection};
    epoll_ctl(load->epoll, EPOLL_CTL_MOD, connection->fd, &deaf);
  }
}

void control_error(struct load *load, struct connection *connection, const char *code) {
  if (connection->phase != PHASE_READY) {
    control_close(load, connection, code);
    return;
  }
  load->tally.errors++;
  keep_first(load->first_error, code);
  if (!connection->talks)
    return;
  /* The message was not taken: none will see it, and its place in the window is free again. */
  load->room_messages[connection->room]--;
  load->tokens++;
}

void control_close(struct load *load, struct connection *connection, const char *code) {
  if (connection->phase == PHASE_READY) {
    load->tally.closes++;
    keep_first(load->first_close, code);
    return;
  }
  load->refused++;
  keep_first(load->first_refusal, code);
  connection_close(connection, PHASE_REFUSED);
}

void control_malformed(struct load *load, struct connection *connection) {
  load->tally.malformed++;
  control_lost(load, connection);
}

void control_lost(struct load *load, struct connection *connection) {
  if (connection->phase != PHASE_READY)
    load->failed++;
  else if (connection->stalled)
    load->tally.stalled_disconnects++;
  else
    load->tally.disconnects++;
  connection_close(connection, PHASE_CLOSED);
  landing_left(load, connection);
}
