/*
 * What a traffic run found, as one JSON object on standard output.
 */
#pragma once
#include "traffic.h"

/* Counters at both ends of the measured window, and what it cost here. */
struct traffic_window {
  struct tally before, after;
  struct traffic_tally traffic_before, traffic_after;
  double seconds;
  double drain_seconds;
  double generator_cpu_seconds;
};

void report_traffic(struct load *load, const struct traffic_window *window);
