/*
 * Looks inside the message frames that matter: see delivery.h.
 * Finds the text by its fixed place at the end, and searches for it only where it is not there.
 */
#include "delivery.h"

#include "text.h"

static const uint8_t *find_text(const uint8_t *payload, uint64_t length, uint32_t text_bytes) {
  if (length >= text_bytes + 2 && payload[length - 2 - text_bytes] == TEXT_MARK)
    return payload + length - 2 - text_bytes;
  static const char key[] = "\"text\":\"~";
  const uint8_t *found = memmem(payload, length, key, sizeof(key) - 1);
  if (found == NULL)
    return NULL;
  const uint8_t *text = found + sizeof(key) - 2;
  return payload + length >= text + TEXT_BYTES_MIN ? text : NULL;
}

/* A talker's messages are said on one connection, so each observer must see them in that order. */
static void observe(struct load *load, const struct connection *observer, struct text text) {
  struct connection *talker = &load->connections[text.talker];
  if (talker->room != observer->room || text.sequence != talker->observed_sequence + 1)
    load->tally.misordered++;
  talker->observed_sequence = text.sequence;
}

void delivery_examine(struct load *load, struct connection *connection, const uint8_t *payload,
                      uint64_t length, bool sampled) {
  const uint8_t *at = find_text(payload, length, load->options.text_bytes);
  if (at == NULL) {
    load->tally.malformed++;
    return;
  }
  struct text text = text_read(at);
  if (text.talker >= load->crowd) {
    load->tally.malformed++;
    return;
  }
  if (connection->observes)
    observe(load, connection, text);
  if (sampled && text.due_ns >= load->measure_from_ns && text.due_ns <= load->turn_ns)
    histogram_record(&load->latency, load->turn_ns - text.due_ns);
}
