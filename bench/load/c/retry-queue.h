/*
 * Who comes again, and when: a binary heap of due times.
 * Owns its memory; never holds more than the capacity that it was made with.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct retry {
  uint64_t due_ns;
  uint32_t index;
};

struct retry_queue {
  struct retry *heap;
  uint32_t count;
};

/* Ends the process when there is no memory. */
struct retry_queue retry_queue_create(uint32_t capacity);

void retry_queue_add(struct retry_queue *queue, struct retry retry);

/* Takes the first that is due into `index`; false when none is. */
bool retry_queue_take(struct retry_queue *queue, uint64_t now_ns, uint32_t *index);

/* UINT64_MAX when none waits. */
uint64_t retry_queue_due(const struct retry_queue *queue);
