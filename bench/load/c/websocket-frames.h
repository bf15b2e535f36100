/*
 * WebSocket (RFC 6455) as a client frames it, for the dialects that ride on it: the upgrade, masked
 * frames out, plain frames in. Nothing is compressed or fragmented; nothing here knows a payload.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "load.h"

enum opcode {
  OPCODE_TEXT = 1,
  OPCODE_BINARY = 2,
  OPCODE_CLOSE = 8,
  OPCODE_PING = 9,
  OPCODE_PONG = 10,
};

struct websocket_frame {
  const uint8_t *payload;
  uint64_t length;
  size_t bytes; /* header and payload; 0 while the frame is not whole */
  enum opcode opcode;
  bool malformed; /* an extension, or a masked frame from a server */
};

/* Reads the frame at the front of `bytes`, where it lies: it is good as long as they are. */
static inline struct websocket_frame websocket_frame_read(const uint8_t *bytes, size_t count) {
  struct websocket_frame frame = {0};
  if (count < 2)
    return frame;
  frame.malformed = (bytes[0] & 0x70) != 0 || (bytes[1] & 0x80) != 0;
  frame.opcode = (enum opcode)(bytes[0] & 15);
  frame.length = bytes[1] & 127;
  uint32_t length_bytes = frame.length == 126 ? 2 : frame.length == 127 ? 8 : 0;
  uint64_t header = 2 + length_bytes;
  if (count < header)
    return frame;
  if (length_bytes > 0)
    frame.length = 0;
  for (uint32_t i = 0; i < length_bytes; i++)
    frame.length = frame.length << 8 | bytes[2 + i];
  frame.payload = bytes + header;
  if (count - header >= frame.length)
    frame.bytes = header + frame.length;
  return frame;
}

/* Asks for the upgrade of `path`. */
void websocket_request(struct bytes *out, const char *path);

/* Bytes of the answer to the request, once it is whole, 0 before. Any answer but 101 refuses. */
size_t websocket_upgraded(struct load *load, struct connection *connection, const uint8_t *bytes,
                          size_t count);

/* Appends one frame to the queue. */
void websocket_append(struct bytes *out, enum opcode opcode, const void *payload, size_t length);

/* Answers a ping, takes a close, and lets every other control frame go. */
void websocket_control(struct load *load, struct connection *connection,
                       struct websocket_frame frame);
