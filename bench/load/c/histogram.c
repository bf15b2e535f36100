/*
 * The histogram of histogram.h.
 * Values under 128 ns have a bucket each; above, the top seven bits of a value choose its bucket.
 */
#include "histogram.h"

static uint32_t bucket_of(uint64_t ns) {
  if (ns < 2 * HISTOGRAM_STEPS)
    return (uint32_t)ns;
  uint32_t exponent = 63 - (uint32_t)__builtin_clzll(ns);
  if (exponent > HISTOGRAM_EXPONENT_MAX)
    return HISTOGRAM_BUCKETS - 1;
  uint32_t step = (uint32_t)(ns >> (exponent - 6)) & (HISTOGRAM_STEPS - 1);
  return (exponent - 5) * HISTOGRAM_STEPS + step;
}

/* The upper edge, so that a quantile is never flattered by the rounding. */
static uint64_t upper_edge_of(uint32_t bucket) {
  if (bucket < 2 * HISTOGRAM_STEPS)
    return bucket;
  uint32_t exponent = bucket / HISTOGRAM_STEPS + 5;
  uint64_t step = bucket % HISTOGRAM_STEPS;
  return ((HISTOGRAM_STEPS + step + 1) << (exponent - 6)) - 1;
}

void histogram_record(struct histogram *histogram, uint64_t ns) {
  histogram->buckets[bucket_of(ns)]++;
  histogram->count++;
  if (ns > histogram->max_ns)
    histogram->max_ns = ns;
}

uint64_t histogram_quantile(const struct histogram *histogram, double fraction) {
  if (histogram->count == 0)
    return 0;
  uint64_t rank = (uint64_t)(fraction * (double)histogram->count);
  uint64_t seen = 0;
  for (uint32_t bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
    seen += histogram->buckets[bucket];
    if (seen > rank) {
      uint64_t edge = upper_edge_of(bucket);
      return edge < histogram->max_ns ? edge : histogram->max_ns;
    }
  }
  return histogram->max_ns;
}
