/*
 * Redis' RESP3, for which HELLO asks: the one version that lets a subscribed connection publish.
 * A room is a channel; each PUBLISH is answered with the number of its receivers.
 */
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "decimal.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"

#define MALFORMED SIZE_MAX
#define DEPTH_MAX 4 /* the answer to HELLO nests two deep */
#define PUSH ">3\r\n$7\r\nmessage\r\n$"
#define PUSH_BYTES (sizeof(PUSH) - 1)
#define SUBSCRIBED ">3\r\n$9\r\nsubscribe\r\n"

static void append(struct connection *connection, const char *command) {
  bytes_append(&connection->out, command, strlen(command));
}

static void greet(struct connection *connection) {
  append(connection, "*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n");
}

static void join(struct connection *connection) {
  char room[16], command[64];
  int length = sprintf(room, "r%u", connection->room);
  sprintf(command, "*2\r\n$9\r\nSUBSCRIBE\r\n$%d\r\n%s\r\n", length, room);
  append(connection, command);
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t event[MESSAGE_EVENT_BYTES_MAX];
  char room[16], command[64];
  size_t length = message_event_write(event, connection, text_bytes, due_ns);
  int room_bytes = sprintf(room, "r%u", connection->room);
  sprintf(command, "*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%s\r\n$%zu\r\n", room_bytes, room, length);
  append(connection, command);
  bytes_append(&connection->out, event, length);
  append(connection, "\r\n");
}

static void ping(struct connection *connection) {
  append(connection, "*1\r\n$4\r\nPING\r\n");
}

/* Bytes of "N\r\nN bytes\r\n" at `at`, and where the N bytes lie; 0 while it is not whole. */
static size_t read_bulk(const uint8_t *bytes, size_t count, size_t at, const uint8_t **bulk,
                        uint64_t *length) {
  size_t from = at;
  int64_t value = decimal_read(bytes, count, &at);
  if (at + 2 > count)
    return 0;
  if (value < 0 || bytes[at] != '\r')
    return MALFORMED;
  at += 2;
  *bulk = bytes + at;
  *length = (uint64_t)value;
  return count - at >= *length + 2 ? at + *length + 2 - from : 0;
}

/* Bytes of the pushed message at the front, counted as delivered; 0 while it is not whole. */
static size_t take_message(struct load *load, struct connection *connection, const uint8_t *bytes,
                           size_t count) {
  const uint8_t *channel, *payload;
  uint64_t channel_bytes, payload_bytes;
  size_t at = PUSH_BYTES;
  size_t taken = read_bulk(bytes, count, at, &channel, &channel_bytes);
  if (taken == 0 || taken == MALFORMED)
    return taken;
  at += taken;
  if (at == count)
    return 0;
  taken = read_bulk(bytes, count, at + 1, &payload, &payload_bytes);
  if (taken == 0 || taken == MALFORMED)
    return taken;
  if (bytes[at] != '$' || !delivery_is_message(payload, payload_bytes))
    return MALFORMED;
  delivery_count(load, connection, payload, payload_bytes);
  return at + 1 + taken;
}

/* Bytes of the value at the front, whatever it is; 0 while it is not whole. */
static size_t skip_value(const uint8_t *bytes, size_t count, uint32_t depth) {
  const uint8_t *line = memchr(bytes, '\n', count), *bulk;
  uint64_t length;
  if (line == NULL)
    return 0;
  size_t at = 1, line_bytes = (size_t)(line - bytes) + 1;
  if (bytes[0] == '$' && bytes[1] != '-') {
    size_t taken = read_bulk(bytes, count, at, &bulk, &length);
    return taken == 0 || taken == MALFORMED ? taken : 1 + taken;
  }
  if (bytes[0] != '*' && bytes[0] != '>' && bytes[0] != '%')
    return line_bytes;
  int64_t values = decimal_read(bytes, count, &at);
  if (values < 0 || depth == DEPTH_MAX)
    return MALFORMED;
  at = line_bytes;
  for (values *= bytes[0] == '%' ? 2 : 1; values > 0; values--) {
    size_t taken = at < count ? skip_value(bytes + at, count - at, depth + 1) : 0;
    if (taken == 0 || taken == MALFORMED)
      return taken;
    at += taken;
  }
  return at;
}

static void take_reply(struct load *load, struct connection *connection, const uint8_t *reply,
                       size_t length) {
  char code[CODE_BYTES];
  bool subscribed = length > sizeof(SUBSCRIBED) - 1 &&
                    memcmp(reply, SUBSCRIBED, sizeof(SUBSCRIBED) - 1) == 0;
  if (reply[0] == ':') {
    load->tally.acks++;
  } else if (reply[0] == '-') {
    snprintf(code, CODE_BYTES, "%.*s", (int)strcspn((const char *)reply + 1, " \r"), reply + 1);
    control_error(load, connection, code);
  } else if (reply[0] == '%' && connection->phase == PHASE_GREETING) {
    control_greeted(load, connection);
  } else if (subscribed && connection->phase == PHASE_JOINING) {
    control_ready(load, connection);
  } else if (reply[0] != '+') { /* an answer to PING */
    load->tally.malformed++;
  }
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  while (at < count && connection->phase < PHASE_REFUSED) {
    bool message = count - at > PUSH_BYTES && memcmp(bytes + at, PUSH, PUSH_BYTES) == 0;
    size_t taken = message ? take_message(load, connection, bytes + at, count - at)
                           : skip_value(bytes + at, count - at, 0);
    if (taken == MALFORMED)
      control_malformed(load, connection);
    if (taken == 0 || taken == MALFORMED)
      break;
    if (!message)
      take_reply(load, connection, bytes + at, taken);
    at += taken;
  }
  return at;
}

const struct dialect dialect_redis = {
    .name = "redis",
    .acknowledges = true,
    .echoes = true,
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
