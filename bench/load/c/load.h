/*
 * The state of one run: the crowd of connections, what is being counted, and the pace.
 * One thread owns it all. Each field is written by the file named beside it, and by no other.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "connection.h"
#include "dialect.h"
#include "histogram.h"
#include "options.h"

struct tally {
  uint64_t deliveries; /* message frames that reached members who read */
  uint64_t messages;   /* messages said */
  uint64_t landed;     /* closed loop: messages that all who read have; see landing.h */
  uint64_t acks;       /* `sent` replies */
  uint64_t bytes;      /* received, frame headers included */
  uint64_t errors;     /* `error` replies: commands that failed */
  uint64_t closes;     /* `close` frames after the greeting */
  uint64_t malformed;  /* frames that are not what the dialect says they are */
  uint64_t misordered; /* messages that an observer saw out of their talker's order */
  uint64_t disconnects;
  uint64_t stalled_disconnects; /* of stalled members: a server may, and Maru does */
};

struct traffic;

/* One room in the closed loop: see landing.h. */
struct landing {
  uint64_t landed;
  uint64_t written_off; /* said by talkers who are gone, and awaited no more */
  uint32_t hindmost;    /* members who read and have no more than has landed */
};

#define CODE_BYTES 64

struct load {
  struct options options;
  int epoll;
  uint32_t crowd;                 /* main: how many connections there are */
  struct connection *connections; /* main: the talkers of all rooms come first */
  uint64_t *room_messages;        /* pace: said, per room */
  uint8_t *inbox;                 /* turn: every socket is read into this one buffer */
  struct connection **flush_list; /* turn: connections with something new to send */
  uint32_t flush_count;
  uint64_t turn_ns;               /* turn: when the last read returned; the time of arrival */

  uint32_t dialled, ready, refused, failed; /* greet */
  char first_refusal[CODE_BYTES];           /* control: codes, as the server gave them */
  char first_error[CODE_BYTES];
  char first_close[CODE_BYTES];

  /* storm, traffic: told when a turn has moved a connection to another phase; NULL for none */
  void (*phase_changed)(struct load *load, struct connection *connection);
  struct traffic *traffic; /* main: NULL but in the traffic run */

  uint32_t next_talker;   /* pace: round robin over the talkers of all rooms */
  uint32_t tokens;        /* closed loop: messages that may be said now */
  struct landing *landings; /* landing: per room; NULL but in the closed loop */
  uint32_t ping_cursor;   /* pace: who pings next */
  uint64_t pings_from_ns; /* pace */
  uint64_t pings_done;    /* pace */

  struct tally tally;
  uint32_t until_sample;    /* deliveries until the next latency is read */
  uint64_t measure_from_ns; /* latency counts for messages due from here on; UINT64_MAX: not yet */
  struct histogram latency;
};
