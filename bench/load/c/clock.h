/*
 * The one clock of the load generator: monotonic nanoseconds.
 * Owns no state. Server and generator never compare clocks: both ends of a latency are read here.
 */
#pragma once
#include <stdint.h>
#include <time.h>

#define NS_PER_MS 1000000ull
#define NS_PER_S 1000000000ull

static inline uint64_t clock_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}
