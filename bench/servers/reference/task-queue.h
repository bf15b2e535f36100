/*
 * The chapter's task queue: a mutex, a condition variable, and a list that workers take from.
 * The chapter's holds ten tasks and overflows; this one grows, so that the bench can be run at all.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct task {
  struct task *next;
  uint32_t room;
  size_t length;
  uint8_t frame[]; /* header included */
};

/* Takes over the task; the worker that gets it frees it. */
void task_queue_push(struct task *task);

/* Waits for the next task. */
struct task *task_queue_pop(void);
