/*
 * The strong reference: one epoll loop that reads every ready socket, gathers each room's frames of
 * that tick into one buffer, and writes this buffer once to every member. No JSON, no checks beyond
 * the frame's length, no log: what fan-out alone costs in C.
 * Speaks the bench's `frames` dialect: a client's first frame is its room's number, answered alike.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "listener.h"
#include "member.h"

#define EVENTS_PER_TICK 1024

static int epoll;
static struct room *dirty_rooms;
static struct member *gone_members;

static void drop(struct member *member) {
  if (member->gone)
    return;
  member->gone = true;
  room_leave(member);
  close(member->fd);
  member->next_gone = gone_members;
  gone_members = member;
}

static void accept_all(int listener) {
  for (int fd = listener_accept(listener); fd >= 0; fd = listener_accept(listener)) {
    struct member *member = calloc(1, sizeof(*member));
    if (member == NULL)
      abort();
    member->fd = fd;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                .data.ptr = member};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

/* The first frame chooses the room. Returns its bytes, 0 when it is not whole yet. */
static size_t enter(struct member *member) {
  size_t frame = frame_buffer_first(&member->in, 0);
  if (frame == 0 || frame == FRAMES_MALFORMED)
    return frame;
  const uint8_t *bytes = member->in.bytes;
  struct room *room = room_find(bytes + FRAME_HEADER_BYTES, frame - FRAME_HEADER_BYTES);
  if (room == NULL || !member_write(member, bytes, frame))
    return FRAMES_MALFORMED;
  room_enter(room, member);
  return frame;
}

/* Moves the whole frames of the input to the room's output. False when the member must go. */
static bool take_frames(struct member *member) {
  size_t at = 0;
  if (member->room == NULL) {
    at = enter(member);
    if (at == FRAMES_MALFORMED)
      return false;
    if (at == 0)
      return true;
  }
  size_t whole = frame_buffer_whole(&member->in, at);
  if (whole == FRAMES_MALFORMED)
    return false;
  if (whole > 0) {
    struct room *room = member->room;
    if (room->out_length == 0) {
      room->next_dirty = dirty_rooms;
      dirty_rooms = room;
    }
    room_append(room, member->in.bytes + at, whole);
  }
  frame_buffer_take(&member->in, at + whole);
  return true;
}

static void read_member(struct member *member, bool ended) {
  int full = 1;
  while (full || ended) {
    ssize_t got = frame_buffer_receive(&member->in, member->fd, &full);
    if (got < 0 && errno == EAGAIN)
      return;
    if (got <= 0 || !take_frames(member)) {
      drop(member);
      return;
    }
  }
}

static void serve(struct member *member, uint32_t events) {
  bool ended = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  if ((events & EPOLLOUT) != 0 && !member_write(member, NULL, 0)) {
    drop(member);
    return;
  }
  if (ended || (events & EPOLLIN) != 0)
    read_member(member, ended);
}

static void fan_out(void) {
  while (dirty_rooms != NULL) {
    struct room *room = dirty_rooms;
    dirty_rooms = room->next_dirty;
    for (uint32_t i = room->count; i > 0; i--) /* backwards: a dropped member swaps with the last */
      if (!member_write(room->members[i - 1], room->out, room->out_length))
        drop(room->members[i - 1]);
    room->out_length = 0;
  }
}

static void bury(void) {
  while (gone_members != NULL) {
    struct member *member = gone_members;
    gone_members = member->next_gone;
    frame_buffer_free(&member->in);
    free(member->pending);
    free(member);
  }
}

int main(int count, char **arguments) {
  int listener = listener_open(count > 1 ? arguments[1] : "0");
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event accepting = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &accepting);
  for (;;) {
    struct epoll_event events[EVENTS_PER_TICK];
    int ready = epoll_wait(epoll, events, EVENTS_PER_TICK, -1);
    for (int i = 0; i < ready; i++) {
      struct member *member = events[i].data.ptr;
      if (member == NULL)
        accept_all(listener);
      else if (!member->gone)
        serve(member, events[i].events);
    }
    fan_out();
    bury();
  }
}
