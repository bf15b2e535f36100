/*
 * The growing byte queue of bytes.h.
 * Capacity doubles, and the waiting bytes move to the front only when the end is reached.
 */
#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint8_t *bytes_reserve(struct bytes *queue, size_t count) {
  if (queue->start + queue->length + count <= queue->capacity)
    return queue->data + queue->start + queue->length;
  if (queue->start > 0 && queue->length > 0)
    memmove(queue->data, queue->data + queue->start, queue->length);
  queue->start = 0;
  size_t capacity = queue->capacity > 0 ? queue->capacity : 256;
  while (capacity < queue->length + count)
    capacity *= 2;
  if (capacity != queue->capacity) {
    queue->data = realloc(queue->data, capacity);
    if (queue->data == NULL) {
      fprintf(stderr, "out of memory\n");
      exit(1);
    }
    queue->capacity = capacity;
  }
  return queue->data + queue->length;
}

void bytes_commit(struct bytes *queue, size_t count) {
  queue->length += count;
}

void bytes_append(struct bytes *queue, const void *data, size_t count) {
  memcpy(bytes_reserve(queue, count), data, count);
  queue->length += count;
}

void bytes_take(struct bytes *queue, size_t count) {
  queue->start += count;
  queue->length -= count;
  if (queue->length == 0)
    queue->start = 0;
}

void bytes_free(struct bytes *queue) {
  free(queue->data);
  *queue = (struct bytes){0};
}
