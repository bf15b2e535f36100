/*
 * A growing byte queue: appended at the end, taken from the front.
 * Owns its memory; never shrinks, and ends the process when memory runs out, as a bench may.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct bytes {
  uint8_t *data;
  size_t start;    /* first byte not yet taken */
  size_t length;   /* bytes waiting, from start */
  size_t capacity; /* start + length <= capacity */
};

/* Room for `count` more bytes; the pointer is good until the next call on the same queue. */
uint8_t *bytes_reserve(struct bytes *queue, size_t count);

/* Makes `count` reserved and written bytes part of the queue. */
void bytes_commit(struct bytes *queue, size_t count);

void bytes_append(struct bytes *queue, const void *data, size_t count);
void bytes_take(struct bytes *queue, size_t count);
void bytes_free(struct bytes *queue);
