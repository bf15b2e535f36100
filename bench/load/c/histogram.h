/*
 * A log-linear histogram of nanoseconds: 64 steps per power of two, so an answer is within 1.6 %.
 * Recording is a few instructions and allocates nothing; the largest value is kept exactly.
 */
#pragma once
#include <stdint.h>

#define HISTOGRAM_STEPS 64
#define HISTOGRAM_EXPONENT_MAX 42 /* 2^42 ns is over an hour; longer is counted there */
#define HISTOGRAM_BUCKETS ((HISTOGRAM_EXPONENT_MAX - 4) * HISTOGRAM_STEPS)

struct histogram {
  uint64_t buckets[HISTOGRAM_BUCKETS];
  uint64_t count;
  uint64_t max_ns;
};

void histogram_record(struct histogram *histogram, uint64_t ns);

/* The value in ns below which `fraction` (0..1) of the samples lie; 0 without samples. */
uint64_t histogram_quantile(const struct histogram *histogram, double fraction);
