/*
 * A WebSocket client (RFC 6455): the path /rN is the room, and the server's first data frame says
 * that it is in. Client frames are masked, as they must be; nothing is compressed or fragmented.
 */
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"
#include "turn.h"

enum opcode {
  OPCODE_TEXT = 1,
  OPCODE_BINARY = 2,
  OPCODE_CLOSE = 8,
  OPCODE_PING = 9,
  OPCODE_PONG = 10,
};

/* A random mask protects proxies on the way; there are none, and the server unmasks as ever. */
static const uint8_t mask[4] = {0x4d, 0x61, 0x72, 0x75};

static void append(struct bytes *out, enum opcode opcode, const uint8_t *payload, size_t length) {
  uint8_t *frame = bytes_reserve(out, length + 8);
  size_t at = 0;
  frame[at++] = 0x80 | (uint8_t)opcode;
  if (length < 126) {
    frame[at++] = 0x80 | (uint8_t)length;
  } else {
    frame[at++] = 0x80 | 126;
    frame[at++] = (uint8_t)(length >> 8);
    frame[at++] = (uint8_t)length;
  }
  memcpy(frame + at, mask, sizeof(mask));
  at += sizeof(mask);
  for (size_t i = 0; i < length; i++)
    frame[at + i] = payload[i] ^ mask[i & 3];
  bytes_commit(out, at + length);
}

static void greet(struct connection *connection) {
  char request[256];
  int length = sprintf(request,
                       "GET /r%u HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                       "Sec-WebSocket-Version: 13\r\n\r\n",
                       connection->room);
  bytes_append(&connection->out, request, (size_t)length);
}

static void join(struct connection *connection) {
  (void)connection; /* the path of the greeting joined */
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t event[MESSAGE_EVENT_BYTES_MAX];
  size_t length = message_event_write(event, connection, text_bytes, due_ns);
  append(&connection->out, OPCODE_BINARY, event, length);
}

static void ping(struct connection *connection) {
  append(&connection->out, OPCODE_PING, NULL, 0);
}

/* Bytes of the answer to the upgrade, once it is whole; 0 before. */
static size_t take_upgrade(struct load *load, struct connection *connection, const uint8_t *bytes,
                           size_t count) {
  const uint8_t *end = memmem(bytes, count, "\r\n\r\n", 4);
  if (end == NULL)
    return 0;
  char status[4] = "";
  if (count > 12)
    memcpy(status, bytes + 9, 3);
  if (strcmp(status, "101") == 0)
    connection->phase = PHASE_JOINING;
  else
    control_close(load, connection, status);
  return (size_t)(end - bytes) + 4;
}

static void take_frame(struct load *load, struct connection *connection, uint8_t first,
                       const uint8_t *payload, uint64_t length) {
  uint8_t opcode = first & 15;
  if (opcode == OPCODE_TEXT || opcode == OPCODE_BINARY) {
    if (delivery_is_message(payload, length))
      delivery_count(load, connection, payload, length);
    else if (connection->phase == PHASE_JOINING)
      control_ready(load, connection);
    else
      load->tally.malformed++;
  } else if (opcode == OPCODE_PING) {
    append(&connection->out, OPCODE_PONG, payload, length);
    turn_flush_later(load, connection);
  } else if (opcode == OPCODE_CLOSE) {
    control_close(load, connection, "websocket close");
  }
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  if (connection->phase == PHASE_GREETING)
    at = take_upgrade(load, connection, bytes, count);
  while (connection->phase < PHASE_REFUSED && connection->phase > PHASE_GREETING &&
         count - at >= 2) {
    if ((bytes[at] & 0x70) != 0 || (bytes[at + 1] & 0x80) != 0) {
      control_malformed(load, connection); /* an extension, or a masked frame from a server */
      break;
    }
    uint64_t header = 2, length = bytes[at + 1] & 127;
    uint32_t length_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (count - at < header + length_bytes)
      break;
    if (length_bytes > 0)
      length = 0;
    for (uint32_t i = 0; i < length_bytes; i++)
      length = length << 8 | bytes[at + header + i];
    header += length_bytes;
    if (count - at - header < length)
      break;
    take_frame(load, connection, bytes[at], bytes + at + header, length);
    at += header + length;
  }
  return connection->phase < PHASE_REFUSED ? at : count;
}

const struct dialect dialect_ws = {"ws", false, greet, join, say, ping, receive};
