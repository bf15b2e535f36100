/*
 * The textbook chapter's server, made just correct enough to be measured: an epoll loop reads, each
 * message becomes a task, and a pool of threads takes tasks, locks the list of clients, and sends
 * the message to each with a write of its own. Its faults are kept: one lock for all rooms, one
 * system call per message per member, and two workers may overtake each other.
 * Speaks the bench's `frames` dialect: a client's first frame is its room's number, answered alike.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame-buffer.h"
#include "listener.h"
#include "task-queue.h"

#define WORKERS 4
#define EVENTS_PER_WAIT 64
#define ROOMS_MAX 100000
#define SEND_WAIT_MS 100 /* a socket that is full gets ten such waits, and is then given up */
#define SEND_WAITS_MAX 10

struct client {
  int fd;
  bool joined;
  uint32_t room;
  struct frame_buffer in; /* the epoll thread's alone */
  struct client *next;    /* in its room; under clients_lock, as is every list */
};

static pthread_mutex_t clients_lock = PTHREAD_MUTEX_INITIALIZER;
static struct client *rooms[ROOMS_MAX];
static int epoll;

/* Sends it all, waiting for a full socket as the chapter's blocking write does, but not forever. */
static bool send_all(int fd, const uint8_t *bytes, size_t count) {
  for (int waits = 0; count > 0;) {
    ssize_t taken = send(fd, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken >= 0) {
      bytes += taken;
      count -= (size_t)taken;
    } else if (errno != EAGAIN || ++waits > SEND_WAITS_MAX) {
      return false;
    } else {
      struct pollfd full = {.fd = fd, .events = POLLOUT};
      poll(&full, 1, SEND_WAIT_MS);
    }
  }
  return true;
}

static void *work(void *unused) {
  for (;;) {
    struct task *task = task_queue_pop();
    pthread_mutex_lock(&clients_lock);
    for (struct client *client = rooms[task->room]; client != NULL; client = client->next)
      if (!send_all(client->fd, task->frame, task->length))
        shutdown(client->fd, SHUT_RDWR); /* the epoll thread sees the end, and removes it */
    pthread_mutex_unlock(&clients_lock);
    free(task);
  }
  return unused;
}

static void leave(struct client *client) {
  pthread_mutex_lock(&clients_lock);
  struct client **link = &rooms[client->room];
  while (client->joined && *link != client)
    link = &(*link)->next;
  if (client->joined)
    *link = client->next;
  close(client->fd);
  pthread_mutex_unlock(&clients_lock);
  frame_buffer_free(&client->in);
  free(client);
}

static bool join(struct client *client, const uint8_t *frame, size_t length) {
  char digits[8] = "";
  if (length - FRAME_HEADER_BYTES > 5)
    return false;
  memcpy(digits, frame + FRAME_HEADER_BYTES, length - FRAME_HEADER_BYTES);
  client->room = (uint32_t)atoi(digits) % ROOMS_MAX;
  client->joined = true;
  pthread_mutex_lock(&clients_lock);
  bool answered = send_all(client->fd, frame, length);
  client->next = rooms[client->room];
  rooms[client->room] = client;
  pthread_mutex_unlock(&clients_lock);
  return answered;
}

static void hand_over(const struct client *client, const uint8_t *frame, size_t length) {
  struct task *task = malloc(sizeof(*task) + length);
  if (task == NULL)
    abort();
  task->room = client->room;
  task->length = length;
  memcpy(task->frame, frame, length);
  task_queue_push(task);
}

/* One read, and a task for each whole message in it. False when the client must go. */
static bool serve(struct client *client) {
  int full;
  ssize_t got = frame_buffer_receive(&client->in, client->fd, &full);
  if (got <= 0)
    return got < 0 && errno == EAGAIN;
  size_t at = 0;
  for (;;) {
    size_t length = frame_buffer_first(&client->in, at);
    if (length == FRAMES_MALFORMED)
      return false;
    if (length == 0)
      break;
    if (client->joined)
      hand_over(client, client->in.bytes + at, length);
    else if (!join(client, client->in.bytes + at, length))
      return false;
    at += length;
  }
  frame_buffer_take(&client->in, at);
  return true;
}

static void admit(int listener) {
  int fd = listener_accept(listener);
  struct client *client = fd >= 0 ? calloc(1, sizeof(*client)) : NULL;
  if (client == NULL)
    return;
  client->fd = fd;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

int main(int count, char **arguments) {
  int listener = listener_open(count > 1 ? arguments[1] : "0");
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event accepting = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &accepting);
  for (int i = 0; i < WORKERS; i++) {
    pthread_t worker;
    pthread_create(&worker, NULL, work, NULL);
  }
  for (;;) {
    struct epoll_event events[EVENTS_PER_WAIT];
    int ready = epoll_wait(epoll, events, EVENTS_PER_WAIT, -1);
    for (int i = 0; i < ready; i++) {
      struct client *client = events[i].data.ptr;
      if (client == NULL)
        admit(listener);
      else if (!serve(client))
        leave(client);
    }
  }
}
