/*
 * One client connection: its socket, its place in the crowd, and the bytes that wait either way.
 * Knows no dialect; it never interprets a byte.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

enum phase {
  PHASE_GREETING, /* dialled; the server has not yet answered the greeting */
  PHASE_JOINING,  /* greeted; waiting to be in the room */
  PHASE_READY,    /* in its room, or greeted where no room is asked for */
  PHASE_REFUSED,  /* the server said no before it was ready */
  PHASE_CLOSED,
};

struct connection {
  int fd;
  enum phase phase;
  uint32_t index;             /* unique in the crowd; its nick and its talker number */
  uint32_t room;
  uint32_t command_id;        /* last id used by a command of this connection */
  uint32_t sequence;          /* messages said so far */
  uint32_t observed_sequence; /* last of these that its room's observer has seen */
  bool talks;
  bool observes;              /* reads every message of its room, to check their order */
  bool timed;                 /* its deliveries are among those whose latency is read */
  bool stalled;
  bool flush_due;             /* is on the list of connections to flush this turn */
  uint64_t received;          /* messages of its room, its own included */
  struct bytes tail;          /* the beginning of a frame whose end has not come */
  struct bytes out;           /* what the socket has not yet taken */
};

/* Dials 127.0.0.1:port without waiting. False, with errno, when there is no socket to be had. */
bool connection_dial(struct connection *connection, uint16_t port);

/* Hands waiting bytes to the socket. False when the connection is dead. */
bool connection_flush(struct connection *connection);

/* Closes the socket and frees the buffers; the counters stay for the report. */
void connection_close(struct connection *connection, enum phase phase);
