/*
 * The hot path: one message frame has reached one member.
 * Counts it, checks its outside, and looks inside only for the few whose text is needed.
 * Every dialect carries the very bytes of a Maru message event, so one check serves them all.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "load.h"

/* {"type":"message","room":"r0","seq":1,...,"text":"..."} : kind first, text last. */
static inline bool delivery_is_message(const uint8_t *payload, uint64_t length) {
  return length >= 17 && memcmp(payload, "{\"type\":", 8) == 0 &&
         memcmp(payload + 8, "\"message", 8) == 0 && payload[16] == '"' &&
         payload[length - 1] == '}';
}

/* Reads the text: the observer's order, the sampled latency. */
void delivery_examine(struct load *load, struct connection *connection, const uint8_t *payload,
                      uint64_t length, bool sampled);

static inline void delivery_count(struct load *load, struct connection *connection,
                                  const uint8_t *payload, uint64_t length) {
  connection->received++;
  load->tally.deliveries++;
  bool sampled = connection->timed && --load->until_sample == 0;
  if (sampled)
    load->until_sample = load->options.sample_every;
  if (sampled || connection->observes)
    delivery_examine(load, connection, payload, length, sampled);
}
