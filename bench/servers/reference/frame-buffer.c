/*
 * The input buffer of frame-buffer.h. Grows to hold one frame of the largest size, and not beyond
 * twice that: a length is checked before anything is waited for.
 */
#include "frame-buffer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define FREE_BYTES_MIN 4096

ssize_t frame_buffer_receive(struct frame_buffer *buffer, int fd, int *full) {
  if (buffer->capacity - buffer->length < FREE_BYTES_MIN) {
    buffer->capacity = buffer->capacity > 0 ? buffer->capacity * 2 : 4 * FREE_BYTES_MIN;
    buffer->bytes = realloc(buffer->bytes, buffer->capacity);
    if (buffer->bytes == NULL)
      abort();
  }
  size_t room = buffer->capacity - buffer->length;
  ssize_t got = recv(fd, buffer->bytes + buffer->length, room, MSG_DONTWAIT);
  if (got > 0)
    buffer->length += (size_t)got;
  *full = got == (ssize_t)room;
  return got;
}

size_t frame_buffer_first(const struct frame_buffer *buffer, size_t from) {
  if (buffer->length - from < FRAME_HEADER_BYTES)
    return 0;
  uint32_t length;
  memcpy(&length, buffer->bytes + from, sizeof(length));
  length = __builtin_bswap32(length);
  if (length == 0 || length > FRAME_BYTES_MAX)
    return FRAMES_MALFORMED;
  return buffer->length - from < FRAME_HEADER_BYTES + length ? 0 : FRAME_HEADER_BYTES + length;
}

size_t frame_buffer_whole(const struct frame_buffer *buffer, size_t from) {
  size_t at = from;
  for (;;) {
    size_t frame = frame_buffer_first(buffer, at);
    if (frame == FRAMES_MALFORMED)
      return FRAMES_MALFORMED;
    if (frame == 0)
      return at - from;
    at += frame;
  }
}

void frame_buffer_take(struct frame_buffer *buffer, size_t count) {
  buffer->length -= count;
  memmove(buffer->bytes, buffer->bytes + count, buffer->length);
}

void frame_buffer_free(struct frame_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (struct frame_buffer){0};
}
