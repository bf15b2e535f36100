/*
 * The event loop of turn.h: edge-triggered epoll, so that a read socket costs one recv and no more.
 * A short read means that the socket is empty; whatever comes later is a new edge.
 */
#include "turn.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "control.h"
#include "landing.h"

#define EVENTS_PER_TURN 128
#define READ_BYTES (256 * 1024)
#define TAIL_BYTES_MAX ((1 << 20) + 16) /* one frame of the largest size, not yet whole */

void turn_start(struct load *load) {
  load->epoll = epoll_create1(EPOLL_CLOEXEC);
  load->inbox = malloc(TAIL_BYTES_MAX + READ_BYTES);
  load->flush_list = malloc(load->crowd * sizeof(load->flush_list[0]));
  if (load->epoll < 0 || load->inbox == NULL || load->flush_list == NULL) {
    perror("load");
    exit(1);
  }
}

void turn_watch(struct load *load, struct connection *connection) {
  struct epoll_event event = {
      .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
      .data.ptr = connection,
  };
  epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event);
}

void turn_flush_later(struct load *load, struct connection *connection) {
  if (connection->flush_due)
    return;
  connection->flush_due = true;
  load->flush_list[load->flush_count++] = connection;
}

/* One recv, behind the tail of the last one. True when there is more to read, be it the end. */
static bool read_once(struct load *load, struct connection *connection, bool ended) {
  struct bytes *tail = &connection->tail;
  size_t kept = tail->length;
  if (kept > 0)
    memcpy(load->inbox, tail->data + tail->start, kept);
  ssize_t got = recv(connection->fd, load->inbox + kept, READ_BYTES, 0);
  if (got < 0 && errno == EAGAIN)
    return false;
  if (got <= 0) {
    control_lost(load, connection);
    return false;
  }
  load->turn_ns = clock_ns();
  load->tally.bytes += (uint64_t)got;
  size_t count = kept + (size_t)got;
  uint64_t received = connection->received;
  size_t taken = load->options.dialect->receive(load, connection, load->inbox, count);
  if (connection->phase >= PHASE_REFUSED)
    return false;
  if (connection->received > received)
    landing_moved(load, connection, received);
  bytes_take(tail, kept);
  if (taken < count)
    bytes_append(tail, load->inbox + taken, count - taken);
  if (tail->length > TAIL_BYTES_MAX) {
    control_malformed(load, connection);
    return false;
  }
  return got == READ_BYTES || ended;
}

static void tell_change(struct load *load, struct connection *connection, enum phase before) {
  if (load->phase_changed != NULL && connection->phase != before)
    load->phase_changed(load, connection);
}

static void serve(struct load *load, struct connection *connection, uint32_t events) {
  enum phase before = connection->phase;
  bool ended = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  if (connection->fd < 0)
    return;
  if (connection->stalled && connection->phase == PHASE_READY) {
    if (ended)
      control_lost(load, connection);
  } else if (ended || (events & EPOLLIN) != 0) {
    while (read_once(load, connection, ended))
      continue;
  }
  if (connection->fd >= 0 && connection->out.length > 0)
    turn_flush_later(load, connection);
  tell_change(load, connection, before);
}

bool turn_wait(struct load *load, uint64_t wait_ns) {
  struct epoll_event events[EVENTS_PER_TURN];
  struct timespec wait = {
      .tv_sec = (time_t)(wait_ns / NS_PER_S),
      .tv_nsec = (long)(wait_ns % NS_PER_S),
  };
  int count = epoll_pwait2(load->epoll, events, EVENTS_PER_TURN, &wait, NULL);
  bool input_ended = false;
  for (int i = 0; i < count; i++) {
    char ignored[256];
    if (events[i].data.ptr != NULL)
      serve(load, events[i].data.ptr, events[i].events);
    else if (read(STDIN_FILENO, ignored, sizeof(ignored)) <= 0)
      input_ended = true;
  }
  return input_ended;
}

void turn_flush(struct load *load) {
  for (uint32_t i = 0; i < load->flush_count; i++) {
    struct connection *connection = load->flush_list[i];
    enum phase before = connection->phase;
    connection->flush_due = false;
    if (connection->fd >= 0 && !connection_flush(connection))
      control_lost(load, connection);
    tell_change(load, connection, before);
  }
  load->flush_count = 0;
}
