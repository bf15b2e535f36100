/*
 * What a fan-out run found, as one JSON object on standard output.
 */
#pragma once
#include "load.h"

/* Counters at both ends of the measured window, and what it cost here. */
struct window {
  struct tally before, after;
  double seconds;
  double drain_seconds;
  double generator_cpu_seconds;
};

void report_talk(const struct load *load, const struct window *window);
