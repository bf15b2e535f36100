/*
 * IRC (RFC 2812): lines of at most 512 bytes. A room is a channel; a message event is the text of a
 * PRIVMSG. The server sends a message to every member but its talker: see `echoes` in dialect.h.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "control.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"
#include "turn.h"

#define LINE_BYTES_MAX 512   /* with \r\n, and with the prefix that the server puts before it */
#define PREFIX_BYTES_MAX 64  /* :b123456!~b@127.0.0.1 and a space, with something to spare */

static void append(struct connection *connection, const char *line) {
  bytes_append(&connection->out, line, strlen(line));
}

static void greet(struct connection *connection) {
  char lines[64];
  sprintf(lines, "NICK b%u\r\nUSER b 0 * :bench\r\n", connection->index);
  append(connection, lines);
}

static void join(struct connection *connection) {
  char line[32];
  sprintf(line, "JOIN #r%u\r\n", connection->room);
  append(connection, line);
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t line[MESSAGE_EVENT_BYTES_MAX + 64];
  size_t head = (size_t)sprintf((char *)line, "PRIVMSG #r%u :", connection->room);
  size_t length = head + message_event_write(line + head, connection, text_bytes, due_ns);
  memcpy(line + length, "\r\n", 2);
  if (length + 2 + PREFIX_BYTES_MAX > LINE_BYTES_MAX) {
    fprintf(stderr, "load: a text of %u bytes doesn't fit into a line of IRC\n", text_bytes);
    exit(1);
  }
  bytes_append(&connection->out, line, length + 2);
  connection->received++; /* a talker has its own message: the server won't send it */
}

static void ping(struct connection *connection) {
  append(connection, "PING :b\r\n");
}

/* The three digits of a numeric reply; 0 for a command in words. */
static int numeric_of(const uint8_t *command, const uint8_t *end) {
  if (end - command < 4 || command[3] != ' ')
    return 0;
  return atoi((const char *)command); /* ends at the space */
}

static void take_numeric(struct load *load, struct connection *connection, int numeric) {
  char code[CODE_BYTES];
  bool end_of_greeting = numeric == 376 || numeric == 422; /* the message of the day, or none */
  if (end_of_greeting && connection->phase == PHASE_GREETING) {
    control_greeted(load, connection);
  } else if (numeric == 366 && connection->phase == PHASE_JOINING) { /* the end of the names */
    control_ready(load, connection);
  } else if (numeric >= 400 && !end_of_greeting) {
    snprintf(code, CODE_BYTES, "irc %d", numeric);
    control_error(load, connection, code);
  }
}

/* Everything but a PRIVMSG; what others do to a channel (JOIN, MODE) is no business of ours. */
static void take_command(struct load *load, struct connection *connection, const uint8_t *command,
                         const uint8_t *end) {
  int numeric = numeric_of(command, end);
  if (numeric > 0) {
    take_numeric(load, connection, numeric);
  } else if (end - command > 5 && memcmp(command, "PING ", 5) == 0) {
    append(connection, "PONG ");
    bytes_append(&connection->out, command + 5, (size_t)(end - command - 5));
    append(connection, "\r\n");
    turn_flush_later(load, connection);
  } else if (end - command > 6 && memcmp(command, "ERROR ", 6) == 0) {
    control_close(load, connection, "irc ERROR");
  }
}

/* `end` is where the \r\n is. */
static void take_line(struct load *load, struct connection *connection, const uint8_t *line,
                      const uint8_t *end) {
  const uint8_t *command = line;
  if (line[0] == ':') {
    command = memchr(line, ' ', (size_t)(end - line));
    if (command == NULL) {
      load->tally.malformed++;
      return;
    }
    command++;
  }
  if (end - command < 8 || memcmp(command, "PRIVMSG ", 8) != 0) {
    take_command(load, connection, command, end);
    return;
  }
  const uint8_t *payload = memchr(command, ':', (size_t)(end - command));
  if (payload != NULL && delivery_is_message(payload + 1, (uint64_t)(end - payload - 1)))
    delivery_count(load, connection, payload + 1, (uint64_t)(end - payload - 1));
  else
    load->tally.malformed++;
}

/*
 * ngIRCd leaves Nagle's algorithm on: it holds a small write back until the last one is
 * acknowledged, which Linux delays by 40 ms. So that not this is measured (with it, a room of 100
 * gets a third as much), every read is acknowledged at once; the kernel forgets the option, hence
 * each time.
 */
static void acknowledge_now(const struct connection *connection) {
  int on = 1;
  setsockopt(connection->fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  while (at < count && connection->phase < PHASE_REFUSED) {
    const uint8_t *newline = memchr(bytes + at, '\n', count - at);
    if (newline == NULL)
      break;
    const uint8_t *line = bytes + at;
    if (newline - line > 1)
      take_line(load, connection, line, newline - (newline[-1] == '\r'));
    at = (size_t)(newline - bytes) + 1;
  }
  acknowledge_now(connection);
  return at;
}

const struct dialect dialect_irc = {
    .name = "irc",
    .under_way_max = 8, /* ngIRCd listens with a backlog of 10 */
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
