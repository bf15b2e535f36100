/*
 * Socket.IO (protocol 5 on Engine.IO 4) over WebSocket only: text frames whose first digits are the
 * kind. A room is joined by an event of the server's own making, `join`, which it acknowledges.
 */
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"
#include "turn.h"
#include "websocket-frames.h"

#define CONNECT "40"         /* a namespace: sent without an argument for the main one */
#define CONNECT_ERROR "44"
#define EVENT "42[\"message\"," /* a message event follows, and a bracket */
#define EVENT_BYTES (sizeof(EVENT) - 1)

static void append(struct connection *connection, const char *packet) {
  websocket_append(&connection->out, OPCODE_TEXT, packet, strlen(packet));
}

static void greet(struct connection *connection) {
  websocket_request(&connection->out, "/socket.io/?EIO=4&transport=websocket");
}

static void join(struct connection *connection) {
  char packet[32];
  sprintf(packet, "420[\"join\",\"r%u\"]", connection->room);
  append(connection, packet);
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t packet[MESSAGE_EVENT_BYTES_MAX + EVENT_BYTES + 1];
  memcpy(packet, EVENT, EVENT_BYTES);
  size_t length = message_event_write(packet + EVENT_BYTES, connection, text_bytes, due_ns);
  packet[EVENT_BYTES + length] = ']';
  websocket_append(&connection->out, OPCODE_TEXT, packet, EVENT_BYTES + length + 1);
}

static void ping(struct connection *connection) {
  (void)connection; /* in Engine.IO 4 it is the server that pings */
}

static bool begins(struct websocket_frame frame, const char *kind) {
  size_t bytes = strlen(kind);
  return frame.length >= bytes && memcmp(frame.payload, kind, bytes) == 0;
}

static void take_packet(struct load *load, struct connection *connection,
                        struct websocket_frame frame) {
  if (begins(frame, "2")) {
    append(connection, "3");
    turn_flush_later(load, connection);
  } else if (begins(frame, "0") && connection->phase == PHASE_GREETING) {
    append(connection, CONNECT);
    turn_flush_later(load, connection);
  } else if (begins(frame, "430") && connection->phase == PHASE_JOINING) {
    control_ready(load, connection);
  } else if (begins(frame, CONNECT_ERROR) || begins(frame, "41") || begins(frame, "1")) {
    control_close(load, connection, "socket.io disconnect");
  } else if (begins(frame, CONNECT) && connection->phase == PHASE_GREETING) {
    control_greeted(load, connection);
  } else {
    load->tally.malformed++;
  }
}

static void take_frame(struct load *load, struct connection *connection,
                       struct websocket_frame frame) {
  const uint8_t *event = frame.payload + EVENT_BYTES;
  uint64_t length = frame.length - EVENT_BYTES - 1;
  if (frame.opcode > OPCODE_BINARY)
    websocket_control(load, connection, frame);
  else if (frame.length > EVENT_BYTES && memcmp(frame.payload, EVENT, EVENT_BYTES) == 0 &&
           delivery_is_message(event, length))
    delivery_count(load, connection, event, length);
  else
    take_packet(load, connection, frame);
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  if (connection->phase == PHASE_GREETING && count > 0 && bytes[0] == 'H') {
    at = websocket_upgraded(load, connection, bytes, count); /* no frame begins with an H */
    if (at == 0)
      return 0;
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

const struct dialect dialect_socketio = {
    .name = "socketio",
    .echoes = true,
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
