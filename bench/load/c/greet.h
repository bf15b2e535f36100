/*
 * Brings the crowd in: dials, greets and joins every connection, a bounded number at a time.
 */
#pragma once
#include <stdbool.h>

#include "load.h"

/* True when every connection is ready, refused or failed before the deadline. */
bool greet_all(struct load *load, uint64_t deadline_ns);
