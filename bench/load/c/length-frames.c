/*
 * The frame walker of length-frames.h.
 * Reads lengths where they lie; never copies a payload.
 */
#include "length-frames.h"

#include "control.h"
#include "delivery.h"

#define HEADER_BYTES 4
#define FRAME_BYTES_MAX (1u << 20) /* what a server sends may be larger than what it accepts */

static uint32_t read_length(const uint8_t *bytes) {
  uint32_t length;
  memcpy(&length, bytes, sizeof(length));
  return __builtin_bswap32(length);
}

size_t length_frames_walk(struct load *load, struct connection *connection, const uint8_t *bytes,
                          size_t count, control_frame *control) {
  size_t at = 0;
  while (count - at >= HEADER_BYTES) {
    uint32_t length = read_length(bytes + at);
    if (length == 0 || length > FRAME_BYTES_MAX) {
      control_malformed(load, connection);
      return count;
    }
    if (count - at - HEADER_BYTES < length)
      break;
    const uint8_t *payload = bytes + at + HEADER_BYTES;
    if (delivery_is_message(payload, length))
      delivery_count(load, connection, payload, length);
    else
      control(load, connection, payload, length);
    at += HEADER_BYTES + length;
  }
  return at;
}

void length_frames_append(struct bytes *out, const void *payload, size_t length) {
  uint32_t header = __builtin_bswap32((uint32_t)length);
  bytes_append(out, &header, sizeof(header));
  bytes_append(out, payload, length);
}
