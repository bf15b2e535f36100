/*
 * Who says how much when, and who goes where, as the traffic benchmark wrote it down beforehand.
 * Lines of words:  `traffic ROOMS PEOPLE ACTIONS`, then `h ROOM` per person, then an action per line,
 * ascending by time:  `s US PERSON BYTES` says, `k US PERSON BYTES` says it in Korean,
 * `m US PERSON ROOM` moves. US are microseconds from the beginning.
 */
#pragma once
#include <stdint.h>

enum action_kind { ACTION_SAY = 's', ACTION_SAY_KOREAN = 'k', ACTION_MOVE = 'm' };

struct action {
  uint64_t due_ns; /* from the beginning of the script */
  uint32_t person;
  uint32_t value; /* bytes of text, or the room to go to */
  enum action_kind kind;
};

struct script {
  uint32_t rooms, people, count;
  uint32_t *homes; /* per person: the room it is in at first */
  struct action *actions;
};

/* Ends the process with one line on standard error when the file makes no sense. */
struct script script_read(const char *path);
