/*
 * The heap of retry-queue.h: the parent of place i is at (i - 1) / 2, and never due later.
 */
#include "retry-queue.h"

#include <stdio.h>
#include <stdlib.h>

struct retry_queue retry_queue_create(uint32_t capacity) {
  struct retry_queue queue = {.heap = malloc(capacity * sizeof(struct retry))};
  if (queue.heap == NULL) {
    perror("load");
    exit(1);
  }
  return queue;
}

void retry_queue_add(struct retry_queue *queue, struct retry retry) {
  uint32_t at = queue->count++;
  while (at > 0 && queue->heap[(at - 1) / 2].due_ns > retry.due_ns) {
    queue->heap[at] = queue->heap[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  queue->heap[at] = retry;
}

bool retry_queue_take(struct retry_queue *queue, uint64_t now_ns, uint32_t *index) {
  if (retry_queue_due(queue) > now_ns)
    return false;
  *index = queue->heap[0].index;
  struct retry last = queue->heap[--queue->count];
  uint32_t at = 0;
  for (;;) {
    uint32_t child = 2 * at + 1;
    if (child + 1 < queue->count && queue->heap[child + 1].due_ns < queue->heap[child].due_ns)
      child++;
    if (child >= queue->count || queue->heap[child].due_ns >= last.due_ns)
      break;
    queue->heap[at] = queue->heap[child];
    at = child;
  }
  queue->heap[at] = last;
  return true;
}

uint64_t retry_queue_due(const struct retry_queue *queue) {
  return queue->count > 0 ? queue->heap[0].due_ns : UINT64_MAX;
}
