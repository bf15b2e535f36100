/*
 * The text of a bench message: who said it, the how-manieth of theirs it is, and when it was due.
 * Fixed width, so that a reader finds every field without parsing; plain ASCII, so that it is valid
 * chat text and costs nothing to escape.
 *
 *  0   1         9           17                 33            text_bytes
 *  ┌───┬─────────┬───────────┬──────────────────┬─────────────┐
 *  │ ~ │ talker  │ sequence  │ due, ns          │ x x x ...   │   all numbers in hex
 *  └───┴─────────┴───────────┴──────────────────┴─────────────┘
 */
#pragma once
#include <stdint.h>

#define TEXT_MARK '~'
#define TEXT_BYTES_MIN 33

struct text {
  uint32_t talker;
  uint32_t sequence;
  uint64_t due_ns;
};

/* Writes exactly `text_bytes` bytes, at least TEXT_BYTES_MIN. */
void text_write(uint8_t *out, uint32_t text_bytes, struct text text);

struct text text_read(const uint8_t *in);
