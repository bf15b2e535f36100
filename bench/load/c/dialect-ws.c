/*
 * A WebSocket client: the path /rN is the room, and the server's first data frame says that it is
 * in. Every later one is a message event.
 */
#include <stdio.h>

#include "control.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"
#include "websocket-frames.h"

static void greet(struct connection *connection) {
  char path[16];
  sprintf(path, "/r%u", connection->room);
  websocket_request(&connection->out, path);
}

static void join(struct connection *connection) {
  (void)connection; /* the path of the greeting joined */
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t event[MESSAGE_EVENT_BYTES_MAX];
  size_t length = message_event_write(event, connection, text_bytes, due_ns);
  websocket_append(&connection->out, OPCODE_BINARY, event, length);
}

static void ping(struct connection *connection) {
  websocket_append(&connection->out, OPCODE_PING, NULL, 0);
}

static void take_frame(struct load *load, struct connection *connection,
                       struct websocket_frame frame) {
  if (frame.opcode > OPCODE_BINARY)
    websocket_control(load, connection, frame);
  else if (delivery_is_message(frame.payload, frame.length))
    delivery_count(load, connection, frame.payload, frame.length);
  else if (connection->phase == PHASE_JOINING)
    control_ready(load, connection);
  else
    load->tally.malformed++;
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  if (connection->phase == PHASE_GREETING) {
    at = websocket_upgraded(load, connection, bytes, count);
    if (at == 0 || connection->phase >= PHASE_REFUSED)
      return at;
    connection->phase = PHASE_JOINING;
  }
  while (connection->phase < PHASE_REFUSED) {
    struct websocket_frame frame = websocket_frame_read(bytes + at, count - at);
    if (frame.malformed)
      control_malformed(load, connection);
    if (frame.malformed || frame.bytes == 0)
      break;
    take_frame(load, connection, frame);
    at += frame.bytes;
  }
  return at;
}

const struct dialect dialect_ws = {
    .name = "ws",
    .echoes = true,
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
