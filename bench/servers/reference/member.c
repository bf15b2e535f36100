/*
 * Rooms and members of member.h. One thread uses them; nothing here waits.
 */
#include "member.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define ROOMS_MAX 100000
#define PENDING_BYTES_MAX (8u << 20) /* a member that is further behind is cut */

static struct room *rooms[ROOMS_MAX];

static void *grown(void *memory, size_t bytes) {
  void *larger = realloc(memory, bytes);
  if (larger == NULL)
    abort();
  return larger;
}

struct room *room_find(const uint8_t *digits, size_t count) {
  uint32_t number = 0;
  if (count == 0 || count > 5)
    return NULL;
  for (size_t i = 0; i < count; i++) {
    if (digits[i] < '0' || digits[i] > '9')
      return NULL;
    number = number * 10 + (digits[i] - '0');
  }
  if (rooms[number] == NULL)
    rooms[number] = calloc(1, sizeof(struct room));
  return rooms[number];
}

void room_enter(struct room *room, struct member *member) {
  if (room->count == room->capacity) {
    room->capacity = room->capacity > 0 ? room->capacity * 2 : 16;
    room->members = grown(room->members, room->capacity * sizeof(room->members[0]));
  }
  member->room = room;
  member->place = room->count;
  room->members[room->count++] = member;
}

void room_leave(struct member *member) {
  struct room *room = member->room;
  if (room == NULL)
    return;
  struct member *last = room->members[--room->count];
  room->members[member->place] = last;
  last->place = member->place;
  member->room = NULL;
}

void room_append(struct room *room, const uint8_t *frames, size_t count) {
  if (room->out_length + count > room->out_capacity) {
    room->out_capacity = 2 * (room->out_length + count);
    room->out = grown(room->out, room->out_capacity);
  }
  memcpy(room->out + room->out_length, frames, count);
  room->out_length += count;
}

static bool keep_pending(struct member *member, const uint8_t *bytes, size_t count) {
  if (member->pending_length + count > PENDING_BYTES_MAX)
    return false;
  if (member->pending_start + member->pending_length + count > member->pending_capacity) {
    size_t capacity = 2 * (member->pending_length + count);
    if (member->pending_start > 0)
      memmove(member->pending, member->pending + member->pending_start, member->pending_length);
    member->pending_start = 0;
    if (capacity > member->pending_capacity) {
      member->pending = grown(member->pending, capacity);
      member->pending_capacity = capacity;
    }
  }
  memcpy(member->pending + member->pending_start + member->pending_length, bytes, count);
  member->pending_length += count;
  return true;
}

/* -1 when the socket is dead; otherwise what it took. */
static ssize_t try_send(int fd, const uint8_t *bytes, size_t count) {
  ssize_t taken = send(fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
  return taken < 0 && errno == EAGAIN ? 0 : taken;
}

bool member_write(struct member *member, const uint8_t *bytes, size_t count) {
  if (member->pending_length > 0) {
    ssize_t taken =
        try_send(member->fd, member->pending + member->pending_start, member->pending_length);
    if (taken < 0)
      return false;
    member->pending_start += (size_t)taken;
    member->pending_length -= (size_t)taken;
    if (member->pending_length > 0)
      return count == 0 || keep_pending(member, bytes, count);
    member->pending_start = 0;
  }
  if (count == 0)
    return true;
  ssize_t taken = try_send(member->fd, bytes, count);
  if (taken < 0)
    return false;
  return (size_t)taken == count || keep_pending(member, bytes + taken, count - (size_t)taken);
}
