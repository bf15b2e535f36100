/*
 * Who says something, and when: the closed loop, the open loop, and the pings.
 * Owns the order of the talkers; appends to their out queues, and never sends.
 */
#pragma once
#include <stdint.h>

#include "load.h"

/* Closed loop: says as many messages as have landed since. */
void pace_closed(struct load *load);

/* Open loop: message i is due at from_ns + i / rate, and is stamped with that, late or not. */
struct schedule {
  uint64_t from_ns;
  uint64_t said;
};
void pace_open(struct load *load, struct schedule *schedule, uint64_t now_ns);
uint64_t pace_open_due(const struct load *load, const struct schedule *schedule);

/* Spreads one ping per connection evenly over each ping interval. */
void pace_pings(struct load *load);
