/*
 * What the traffic run needs of Maru beyond the dialect: to move, speak Korean, and hold every
 * seq against the stay of the one who got it. It looks at whole frames before the dialect does, and
 * leaves the rest to it.
 */
#include <stdio.h>
#include <string.h>

#include "length-frames.h"
#include "text.h"
#include "traffic.h"
#include "turn.h"

#define HEADER_BYTES 4

/* The digits behind the first `key`; false where there are none. */
static bool read_number(const uint8_t *payload, size_t length, const char *key, uint64_t *value) {
  const uint8_t *at = memmem(payload, length, key, strlen(key));
  if (at == NULL)
    return false;
  at += strlen(key);
  const uint8_t *end = payload + length, *from = at;
  *value = 0;
  while (at < end && *at >= '0' && *at <= '9')
    *value = *value * 10 + (uint64_t)(*at++ - '0');
  return at > from;
}

static bool begins(const uint8_t *payload, size_t length, const char *type) {
  return length > strlen(type) && memcmp(payload, type, strlen(type)) == 0;
}

static void look_at(struct load *load, struct connection *connection, const uint8_t *payload,
                    size_t length) {
  struct traffic *traffic = load->traffic;
  struct membership *membership = &traffic->people[connection->index].membership;
  uint64_t room, seq;
  if (begins(payload, length, "{\"type\":\"message\"")) {
    if (read_number(payload, length, "\"room\":\"r", &room) &&
        read_number(payload, length, "\"seq\":", &seq))
      membership_message(membership, (uint32_t)room, seq, &traffic->tally.faults);
    else
      load->tally.malformed++;
  } else if (begins(payload, length, "{\"type\":\"sent\"")) {
    if (read_number(payload, length, "\"room\":\"r", &room) && room < traffic->script.rooms &&
        read_number(payload, length, "\"seq\":", &seq) && seq > traffic->room_heads[room])
      traffic->room_heads[room] = seq;
  } else if (begins(payload, length, "{\"type\":\"left\"")) {
    membership_left(membership, &traffic->tally.faults);
  } else if (begins(payload, length, "{\"type\":\"joined\"")) {
    membership_left(membership, &traffic->tally.faults); /* where the leave was never answered */
    if (read_number(payload, length, "\"head\":", &seq))
      membership_joined(membership, connection->room, seq);
    else
      load->tally.malformed++;
  }
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  for (size_t at = 0; count - at >= HEADER_BYTES;) {
    uint32_t length;
    memcpy(&length, bytes + at, sizeof(length));
    length = __builtin_bswap32(length);
    if (length == 0 || count - at - HEADER_BYTES < length)
      break; /* whether it is too long is the dialect's to say */
    look_at(load, connection, bytes + at + HEADER_BYTES, length);
    at += HEADER_BYTES + length;
  }
  return dialect_maru.receive(load, connection, bytes, count);
}

const struct dialect *traffic_maru_dialect(void) {
  static struct dialect checked;
  checked = dialect_maru;
  checked.receive = receive;
  return &checked;
}

void traffic_maru_move(struct load *load, struct connection *connection, uint32_t room) {
  struct traffic *traffic = load->traffic;
  char command[128];
  int length = sprintf(command, "{\"type\":\"leave\",\"id\":%u,\"room\":\"r%u\"}",
                       ++connection->command_id, connection->room);
  length_frames_append(&connection->out, command, (size_t)length);
  membership_leaving(&traffic->people[connection->index].membership,
                     traffic->room_heads[connection->room]);
  connection->room = room;
  connection->phase = PHASE_JOINING;
  load->options.dialect->join(connection);
  turn_flush_later(load, connection);
}

/* Bytes of the UTF-8 character that begins with this one. */
static size_t character_bytes(uint8_t first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

void traffic_maru_translate(struct connection *connection, uint32_t text_bytes) {
  static const char words[] = "오늘은 다들 일찍 들어왔네요 ㅎㅎ 👋 저녁은 먹었어요? 🍜 ";
  struct bytes *out = &connection->out;
  size_t filler_bytes = text_bytes - TEXT_BYTES_MIN, at = 0, word = 0;
  /* The command ends with the text, a quote and a brace. */
  uint8_t *filler = out->data + out->start + out->length - 2 - filler_bytes;
  for (;;) {
    size_t next = character_bytes((uint8_t)words[word]);
    if (at + next > filler_bytes)
      return; /* the few x that are left stay */
    memcpy(filler + at, words + word, next);
    at += next;
    word = word + next < sizeof(words) - 1 ? word + next : 0;
  }
}
