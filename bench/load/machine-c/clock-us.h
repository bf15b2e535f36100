/* Time in microseconds, by the clock that is never set. */
#pragma once

#include <time.h>

static inline double clock_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}
