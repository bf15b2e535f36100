/*
 * Walks u32 big-endian length frames, for the dialects that have them.
 * Message frames go to the hot path; every other frame goes to the dialect's `control`.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "bytes.h"
#include "load.h"

typedef void control_frame(struct load *load, struct connection *connection,
                           const uint8_t *payload, uint64_t length);

/* Returns the bytes of the whole frames; a length out of bounds closes the connection. */
size_t length_frames_walk(struct load *load, struct connection *connection, const uint8_t *bytes,
                          size_t count, control_frame *control);

/* Appends one frame to the queue. */
void length_frames_append(struct bytes *out, const void *payload, size_t length);
