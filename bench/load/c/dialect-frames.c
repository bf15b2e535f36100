/*
 * The bare dialect of the C references: length frames with an opaque payload. The first frame of a
 * connection is its room's number, which the server answers with the same frame, to it alone; every
 * later one goes to every member of the room.
 */
#include <stdio.h>

#include "control.h"
#include "dialect.h"
#include "length-frames.h"
#include "message-event.h"

static void greet(struct connection *connection) {
  char room[16];
  int length = sprintf(room, "%u", connection->room);
  length_frames_append(&connection->out, room, (size_t)length);
  connection->phase = PHASE_JOINING;
}

static void join(struct connection *connection) {
  (void)connection; /* the greeting joined */
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t event[MESSAGE_EVENT_BYTES_MAX];
  size_t length = message_event_write(event, connection, text_bytes, due_ns);
  length_frames_append(&connection->out, event, length);
}

static void ping(struct connection *connection) {
  (void)connection; /* the references never cut a silent client */
}

static void control(struct load *load, struct connection *connection, const uint8_t *payload,
                    uint64_t length) {
  (void)payload, (void)length;
  if (connection->phase == PHASE_JOINING)
    control_ready(load, connection);
  else if (connection->phase == PHASE_READY)
    load->tally.malformed++;
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  return length_frames_walk(load, connection, bytes, count, control);
}

const struct dialect dialect_frames = {
    .name = "frames",
    .echoes = true,
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
