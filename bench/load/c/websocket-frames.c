/*
 * The frames of websocket-frames.h that are not on the hot path.
 * Client frames are masked, as they must be.
 */
#include "websocket-frames.h"

#include <stdio.h>
#include <string.h>

#include "control.h"
#include "turn.h"

/* A random mask protects proxies on the way; there are none, and the server unmasks as ever. */
static const uint8_t mask[4] = {0x4d, 0x61, 0x72, 0x75};

void websocket_request(struct bytes *out, const char *path) {
  char request[256];
  int length = snprintf(request, sizeof(request),
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Version: 13\r\n\r\n",
                        path);
  bytes_append(out, request, (size_t)length);
}

size_t websocket_upgraded(struct load *load, struct connection *connection, const uint8_t *bytes,
                          size_t count) {
  const uint8_t *end = memmem(bytes, count, "\r\n\r\n", 4);
  if (end == NULL)
    return 0;
  char status[4] = "";
  if (count > 12)
    memcpy(status, bytes + 9, 3);
  if (strcmp(status, "101") != 0)
    control_close(load, connection, status);
  return (size_t)(end - bytes) + 4;
}

void websocket_append(struct bytes *out, enum opcode opcode, const void *payload, size_t length) {
  const uint8_t *plain = payload;
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
    frame[at + i] = plain[i] ^ mask[i & 3];
  bytes_commit(out, at + length);
}

void websocket_control(struct load *load, struct connection *connection,
                       struct websocket_frame frame) {
  if (frame.opcode == OPCODE_CLOSE) {
    control_close(load, connection, "websocket close");
  } else if (frame.opcode == OPCODE_PING) {
    websocket_append(&connection->out, OPCODE_PONG, frame.payload, frame.length);
    turn_flush_later(load, connection);
  }
}
