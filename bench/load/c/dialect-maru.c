/*
 * Maru's wire protocol, version 1, as far as a load needs it: hello, join, send, ping.
 * Recognises replies and events by their first bytes, `type` being always first; parses no JSON.
 */
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "dialect.h"
#include "length-frames.h"
#include "text.h"

#define COMMAND_BYTES_MAX (8192 + 128)

static void greet(struct connection *connection) {
  char command[COMMAND_BYTES_MAX];
  int length = sprintf(command,
                       "{\"type\":\"hello\",\"id\":%u,\"versions\":[1],\"client\":\"bench\","
                       "\"nick\":\"b%u\"}",
                       ++connection->command_id, connection->index);
  length_frames_append(&connection->out, command, (size_t)length);
}

static void join(struct connection *connection) {
  char command[COMMAND_BYTES_MAX];
  int length = sprintf(command, "{\"type\":\"join\",\"id\":%u,\"room\":\"r%u\"}",
                       ++connection->command_id, connection->room);
  length_frames_append(&connection->out, command, (size_t)length);
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t command[COMMAND_BYTES_MAX];
  int head = sprintf((char *)command,
                     "{\"type\":\"send\",\"id\":%u,\"room\":\"r%u\",\"text\":\"",
                     ++connection->command_id, connection->room);
  struct text text = {connection->index, ++connection->sequence, due_ns};
  text_write(command + head, text_bytes, text);
  memcpy(command + head + text_bytes, "\"}", 2);
  length_frames_append(&connection->out, command, (size_t)head + text_bytes + 2);
}

static void ping(struct connection *connection) {
  char command[COMMAND_BYTES_MAX];
  int length = sprintf(command, "{\"type\":\"ping\",\"id\":%u}", ++connection->command_id);
  length_frames_append(&connection->out, command, (size_t)length);
}

/* Copies the value of "code" into `code`; "unknown" where there is none. */
static void read_code(char code[CODE_BYTES], const uint8_t *payload, uint64_t length) {
  static const char key[] = "\"code\":\"";
  const char *from = memmem(payload, length, key, sizeof(key) - 1);
  snprintf(code, CODE_BYTES, "unknown");
  if (from == NULL)
    return;
  from += sizeof(key) - 1;
  const char *end = (const char *)payload + length;
  const char *quote = memchr(from, '"', (size_t)(end - from));
  if (quote != NULL)
    snprintf(code, CODE_BYTES, "%.*s", (int)(quote - from), from);
}

static bool begins(const uint8_t *payload, uint64_t length, const char *type) {
  static const char key[] = "{\"type\":\"";
  size_t key_bytes = sizeof(key) - 1, type_bytes = strlen(type);
  return length > key_bytes + type_bytes && payload[length - 1] == '}' &&
         memcmp(payload, key, key_bytes) == 0 &&
         memcmp(payload + key_bytes, type, type_bytes) == 0 &&
         payload[key_bytes + type_bytes] == '"';
}

static void control(struct load *load, struct connection *connection, const uint8_t *payload,
                    uint64_t length) {
  char code[CODE_BYTES];
  if (connection->phase >= PHASE_REFUSED) {
    return;
  } else if (begins(payload, length, "sent")) {
    load->tally.acks++;
  } else if (begins(payload, length, "welcome") && connection->phase == PHASE_GREETING) {
    control_greeted(load, connection);
  } else if (begins(payload, length, "joined") && connection->phase == PHASE_JOINING) {
    control_ready(load, connection);
  } else if (begins(payload, length, "error")) {
    read_code(code, payload, length);
    control_error(load, connection, code);
  } else if (begins(payload, length, "close")) {
    read_code(code, payload, length);
    control_close(load, connection, code);
  } else if (memcmp(payload, "{\"type\":\"", length < 9 ? length : 9) != 0 ||
             payload[length - 1] != '}') {
    load->tally.malformed++; /* any other type is the server's to add, but it must be a message */
  }
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  return length_frames_walk(load, connection, bytes, count, control);
}

const struct dialect dialect_maru = {
    .name = "maru",
    .acknowledges = true,
    .echoes = true,
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
