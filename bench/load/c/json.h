/*
 * Prints the fields of a report, each with the comma that follows it: another field comes always.
 * Owns nothing; the caller opens and closes the object.
 */
#pragma once
#include <inttypes.h>
#include <stdio.h>

#include "histogram.h"

static inline void print_count(const char *name, uint64_t value) {
  printf("\"%s\":%" PRIu64 ",", name, value);
}

static inline void print_real(const char *name, double value) {
  printf("\"%s\":%.6f,", name, value);
}

static inline void print_latency(const struct histogram *latency) {
  print_count("samples", latency->count);
  print_real("p50Ms", (double)histogram_quantile(latency, 0.5) / 1e6);
  print_real("p99Ms", (double)histogram_quantile(latency, 0.99) / 1e6);
  print_real("p999Ms", (double)histogram_quantile(latency, 0.999) / 1e6);
  print_real("maxMs", (double)latency->max_ns / 1e6);
}
