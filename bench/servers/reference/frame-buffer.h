/*
 * What has been read from one client and not yet been handled: whole frames, then perhaps a piece.
 * A frame is a u32 big-endian length and as many bytes.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define FRAME_HEADER_BYTES 4
#define FRAME_BYTES_MAX 65536
#define FRAMES_MALFORMED SIZE_MAX

struct frame_buffer {
  uint8_t *bytes;
  size_t length;
  size_t capacity;
};

/* One recv. Returns what recv returned; *full tells that the socket may hold more. */
ssize_t frame_buffer_receive(struct frame_buffer *buffer, int fd, int *full);

/* Bytes of the first frame, header included; 0 when it is not whole; or FRAMES_MALFORMED. */
size_t frame_buffer_first(const struct frame_buffer *buffer, size_t from);

/* Bytes of all the whole frames from there on; or FRAMES_MALFORMED. */
size_t frame_buffer_whole(const struct frame_buffer *buffer, size_t from);

/* Drops `count` bytes from the front. */
void frame_buffer_take(struct frame_buffer *buffer, size_t count);

void frame_buffer_free(struct frame_buffer *buffer);
