/*
 * The queue of task-queue.h: one for the whole process, first in, first out.
 */
#include "task-queue.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static struct task *first, *last;

void task_queue_push(struct task *task) {
  task->next = NULL;
  pthread_mutex_lock(&lock);
  if (first == NULL)
    first = task;
  else
    last->next = task;
  last = task;
  pthread_cond_signal(&filled);
  pthread_mutex_unlock(&lock);
}

struct task *task_queue_pop(void) {
  pthread_mutex_lock(&lock);
  while (first == NULL)
    pthread_cond_wait(&filled, &lock);
  struct task *task = first;
  first = task->next;
  pthread_mutex_unlock(&lock);
  return task;
}
