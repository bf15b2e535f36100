/*
 * Core NATS: lines, and a payload after a MSG. A room is a subject. With `verbose` off only a PONG
 * tells that what was sent before its PING was understood, so greeting and joining end with one.
 */
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "decimal.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"
#include "turn.h"

#define LINE_BYTES_MAX 4096

static void append(struct connection *connection, const char *line) {
  bytes_append(&connection->out, line, strlen(line));
}

static void greet(struct connection *connection) {
  append(connection, "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":false,"
                     "\"lang\":\"c\",\"version\":\"1\",\"protocol\":1}\r\nPING\r\n");
}

static void join(struct connection *connection) {
  char command[64];
  sprintf(command, "SUB r%u 1\r\nPING\r\n", connection->room);
  append(connection, command);
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t event[MESSAGE_EVENT_BYTES_MAX];
  char head[64];
  size_t length = message_event_write(event, connection, text_bytes, due_ns);
  sprintf(head, "PUB r%u %zu\r\n", connection->room, length);
  append(connection, head);
  bytes_append(&connection->out, event, length);
  append(connection, "\r\n");
}

static void ping(struct connection *connection) {
  append(connection, "PING\r\n");
}

static void take_line(struct load *load, struct connection *connection, const uint8_t *line,
                      size_t length) {
  char code[CODE_BYTES];
  if (memcmp(line, "PONG", 4) == 0 && connection->phase == PHASE_GREETING) {
    control_greeted(load, connection);
  } else if (memcmp(line, "PONG", 4) == 0 && connection->phase == PHASE_JOINING) {
    control_ready(load, connection);
  } else if (memcmp(line, "PING", 4) == 0) {
    append(connection, "PONG\r\n");
    turn_flush_later(load, connection);
  } else if (memcmp(line, "-ERR", 4) == 0) {
    snprintf(code, CODE_BYTES, "%.*s", (int)strcspn((const char *)line, "\r"), line);
    for (char *quote = code; *quote != '\0'; quote++)
      *quote = *quote == '"' || *quote == '\\' ? '\'' : *quote;
    control_error(load, connection, code);
  } else if (memcmp(line, "PONG", 4) != 0 && memcmp(line, "INFO", length < 4 ? length : 4) != 0) {
    load->tally.malformed++;
  }
}

/* Bytes of the line at the front and of the payload that it announces; 0 while it is not whole. */
static size_t take(struct load *load, struct connection *connection, const uint8_t *bytes,
                   size_t count) {
  const uint8_t *end = memchr(bytes, '\n', count);
  if (end == NULL || end < bytes + 5)
    return 0;
  size_t line = (size_t)(end - bytes) + 1;
  if (memcmp(bytes, "MSG ", 4) != 0) {
    take_line(load, connection, bytes, line);
    return line;
  }
  size_t digits = line - 2; /* before the \r\n */
  while (digits > 4 && bytes[digits - 1] != ' ')
    digits--;
  int64_t length = decimal_read(bytes, line, &digits);
  if (length < 0) {
    load->tally.malformed++;
    return line;
  }
  if (count - line < (size_t)length + 2)
    return 0;
  if (delivery_is_message(bytes + line, (uint64_t)length))
    delivery_count(load, connection, bytes + line, (uint64_t)length);
  else
    load->tally.malformed++;
  return line + (size_t)length + 2;
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  while (at < count && connection->phase < PHASE_REFUSED) {
    size_t taken = take(load, connection, bytes + at, count - at);
    if (taken == 0 && count - at > LINE_BYTES_MAX && memchr(bytes + at, '\n', count - at) == NULL)
      control_malformed(load, connection);
    if (taken == 0)
      break;
    at += taken;
  }
  return at;
}

const struct dialect dialect_nats = {
    .name = "nats",
    .echoes = true,
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
