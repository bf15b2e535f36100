/*
 * Who says how much when, and who goes where, as the traffic benchmark wrote it down beforehand.
 * Lines of words:  `traffic ROOMS PEOPLE DEEDS`, then `h ROOM` per person, then a deed per line,
 * ascending by time:  `s US PERSON BYTES` says, `k US PERSON BYTES` says it in Korean,
 * `m US PERSON ROOM` moves. US are microseconds from the beginning.
 */
#pragma once
#include <stdint.h>

enum deed_kind { DEED_SAY = 's', DEED_SAY_KOREAN = 'k', DEED_MOVE = 'm' };

struct deed {
  uint64_t due_ns; /* from the beginning of the script */
  uint32_t person;
  uint32_t value; /* bytes of text, or the room to go to */
  enum deed_kind kind;
};

struct script {
  uint32_t rooms, people, count;
  uint32_t *homes; /* per person: the room it is in at first */
  struct deed *deeds;
};

/* Ends the process with one line on standard error when the file makes no sense. */
struct script script_read(const char *path);
