/*
 * Writes and reads the text of text.h.
 * Never allocates; trusts its caller for the bounds.
 */
#include "text.h"

#include <string.h>

static void hex_write(uint8_t *out, uint32_t digits, uint64_t value) {
  for (uint32_t i = digits; i > 0; i--, value >>= 4)
    out[i - 1] = (uint8_t) "0123456789abcdef"[value & 15];
}

static uint64_t hex_read(const uint8_t *in, uint32_t digits) {
  uint64_t value = 0;
  for (uint32_t i = 0; i < digits; i++)
    value = value << 4 | (uint64_t)((in[i] & 15) + 9 * (in[i] >> 6));
  return value;
}

void text_write(uint8_t *out, uint32_t text_bytes, struct text text) {
  out[0] = TEXT_MARK;
  hex_write(out + 1, 8, text.talker);
  hex_write(out + 9, 8, text.sequence);
  hex_write(out + 17, 16, text.due_ns);
  memset(out + TEXT_BYTES_MIN, 'x', text_bytes - TEXT_BYTES_MIN);
}

struct text text_read(const uint8_t *in) {
  return (struct text){
      .talker = (uint32_t)hex_read(in + 1, 8),
      .sequence = (uint32_t)hex_read(in + 9, 8),
      .due_ns = hex_read(in + 17, 16),
  };
}
