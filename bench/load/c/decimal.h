/*
 * Reads the decimal numbers of the protocols that write lengths as text. Owns nothing.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Advances *at over the digits there, at most nine; their value, or -1 where there are none. */
static inline int64_t decimal_read(const uint8_t *bytes, size_t count, size_t *at) {
  int64_t value = 0;
  size_t from = *at;
  while (*at < count && *at - from < 9 && (uint8_t)(bytes[*at] - '0') <= 9)
    value = value * 10 + (bytes[(*at)++] - '0');
  return *at > from ? value : -1;
}
