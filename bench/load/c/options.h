/*
 * What one run of the load generator does, as given on the command line.
 * Read once, checked once, never changed afterwards.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct dialect;

struct options {
  const struct dialect *dialect;
  uint16_t port;          /* on 127.0.0.1; no other host is ever dialled */
  uint32_t rooms;         /* 0 only with idle: greet, and join nothing */
  uint32_t members;       /* per room, stalled ones included */
  uint32_t talkers;       /* per room */
  uint32_t stalled;       /* per room: join, then never read */
  uint32_t text_bytes;    /* of each message's text */
  uint32_t inflight;      /* closed loop: messages under way over all talkers */
  uint32_t rate;          /* open loop: messages per second in all; 0 = closed loop */
  uint32_t sample_every;  /* one in so many deliveries has its latency read */
  uint32_t sample_listeners; /* 1: only of those who do not talk, where there are any */
  uint32_t ping_ms;       /* each connection pings once per so many ms; 0 = never */
  uint32_t idle;          /* connections to hold without talking; 0 = the fan-out run */
  uint32_t first;         /* idle: number of the first one, so that two runs share no nick */
  uint32_t storm;         /* connections that all want in; 0 = another run */
  uint32_t under_way;     /* storm: dialled and not yet in, at most; 0 = all of them */
  uint32_t seed;          /* storm: of the waits between two tries */
  const char *script;     /* traffic: the file that says who says what when; NULL = another run */
  double warmup_seconds;
  double seconds;
  double drain_seconds; /* how long the last messages may take to arrive */
};

/* Ends the process with one line on standard error when the command line makes no sense. */
struct options options_parse(int count, char **arguments);
