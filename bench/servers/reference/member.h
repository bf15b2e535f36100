/*
 * The members and rooms of the coalescing reference: who is in, and what waits for whom.
 * A member's bytes go out in order: what is pending first, then the room's.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame-buffer.h"

struct room;

struct member {
  int fd;
  struct room *room; /* NULL until its first frame */
  uint32_t place;    /* in the room's list */
  bool gone;         /* closed this tick; freed at the end of it, as events may still name it */
  struct frame_buffer in;
  uint8_t *pending; /* what the socket did not take */
  size_t pending_start, pending_length, pending_capacity;
  struct member *next_gone;
};

struct room {
  struct member **members;
  uint32_t count, capacity;
  uint8_t *out; /* this tick's frames, in the order of arrival */
  size_t out_length, out_capacity;
  struct room *next_dirty;
};

/* NULL when the number is not one of a room. */
struct room *room_find(const uint8_t *digits, size_t count);

void room_enter(struct room *room, struct member *member);
void room_leave(struct member *member);

/* Adds whole frames to this tick's output. */
void room_append(struct room *room, const uint8_t *frames, size_t count);

/* Writes what the member's socket takes now and keeps the rest. False when the member must go. */
bool member_write(struct member *member, const uint8_t *bytes, size_t count);
