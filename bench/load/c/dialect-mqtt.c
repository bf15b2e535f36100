/*
 * MQTT 3.1.1 with quality of service 0: a room is a topic, and nothing is acknowledged.
 * Packets are a kind, a length of one to four bytes with seven bits each, and what is in it.
 */
#include <stdio.h>
#include <string.h>

#include "control.h"
#include "delivery.h"
#include "dialect.h"
#include "message-event.h"

#define KEEP_ALIVE_SECONDS 120 /* the pings come far more often */
#define HEADER_BYTES_MAX 5

enum packet {
  PACKET_CONNECT = 0x10,
  PACKET_CONNACK = 0x20,
  PACKET_PUBLISH = 0x30,
  PACKET_SUBSCRIBE = 0x82,
  PACKET_SUBACK = 0x90,
  PACKET_PINGREQ = 0xc0,
  PACKET_PINGRESP = 0xd0,
};

static void append_header(struct bytes *out, enum packet packet, size_t length) {
  uint8_t *header = bytes_reserve(out, HEADER_BYTES_MAX);
  size_t at = 0;
  header[at++] = (uint8_t)packet;
  do {
    header[at++] = (uint8_t)(length & 127) | (length > 127 ? 128 : 0);
    length >>= 7;
  } while (length > 0);
  bytes_commit(out, at);
}

/* With its length in two bytes before it. */
static void append_string(struct bytes *out, const char *string) {
  size_t length = strlen(string);
  uint8_t prefix[2] = {(uint8_t)(length >> 8), (uint8_t)length};
  bytes_append(out, prefix, sizeof(prefix));
  bytes_append(out, string, length);
}

static void greet(struct connection *connection) {
  static const uint8_t level_and_flags[] = {4, 2 /* clean session */, 0, KEEP_ALIVE_SECONDS};
  char client[16];
  sprintf(client, "b%u", connection->index);
  append_header(&connection->out, PACKET_CONNECT, 6 + sizeof(level_and_flags) + 2 + strlen(client));
  append_string(&connection->out, "MQTT");
  bytes_append(&connection->out, level_and_flags, sizeof(level_and_flags));
  append_string(&connection->out, client);
}

static void join(struct connection *connection) {
  static const uint8_t id[] = {0, 1}, quality[] = {0};
  char topic[16];
  sprintf(topic, "r%u", connection->room);
  append_header(&connection->out, PACKET_SUBSCRIBE, sizeof(id) + 2 + strlen(topic) + 1);
  bytes_append(&connection->out, id, sizeof(id));
  append_string(&connection->out, topic);
  bytes_append(&connection->out, quality, sizeof(quality));
}

static void say(struct connection *connection, uint32_t text_bytes, uint64_t due_ns) {
  uint8_t event[MESSAGE_EVENT_BYTES_MAX];
  char topic[16];
  size_t length = message_event_write(event, connection, text_bytes, due_ns);
  sprintf(topic, "r%u", connection->room);
  append_header(&connection->out, PACKET_PUBLISH, 2 + strlen(topic) + length);
  append_string(&connection->out, topic);
  bytes_append(&connection->out, event, length);
}

static void ping(struct connection *connection) {
  append_header(&connection->out, PACKET_PINGREQ, 0);
}

static void take_publish(struct load *load, struct connection *connection, const uint8_t *body,
                         size_t length) {
  size_t topic_bytes = length >= 2 ? 2 + ((size_t)body[0] << 8 | body[1]) : SIZE_MAX;
  if (topic_bytes <= length && delivery_is_message(body + topic_bytes, length - topic_bytes))
    delivery_count(load, connection, body + topic_bytes, length - topic_bytes);
  else
    load->tally.malformed++;
}

static void take_packet(struct load *load, struct connection *connection, uint8_t packet,
                        const uint8_t *body, size_t length) {
  char code[CODE_BYTES];
  bool granted = length > 0 && body[length - 1] == 0; /* the last byte is the return code */
  if (packet == PACKET_PUBLISH) {
    take_publish(load, connection, body, length);
  } else if (packet == PACKET_CONNACK && granted && connection->phase == PHASE_GREETING) {
    control_greeted(load, connection);
  } else if (packet == PACKET_SUBACK && granted && connection->phase == PHASE_JOINING) {
    control_ready(load, connection);
  } else if ((packet == PACKET_CONNACK || packet == PACKET_SUBACK) && length > 0) {
    snprintf(code, CODE_BYTES, "mqtt return code %u", body[length - 1]);
    control_close(load, connection, code);
  } else if (packet != PACKET_PINGRESP) {
    load->tally.malformed++;
  }
}

static size_t receive(struct load *load, struct connection *connection, const uint8_t *bytes,
                      size_t count) {
  size_t at = 0;
  while (connection->phase < PHASE_REFUSED && count - at >= 2) {
    size_t header = 1, length = 0;
    uint32_t shift = 0;
    while (header < HEADER_BYTES_MAX && at + header < count) {
      uint8_t digit = bytes[at + header++];
      length |= (size_t)(digit & 127) << shift;
      shift += 7;
      if ((digit & 128) == 0)
        break;
    }
    if ((bytes[at + header - 1] & 128) != 0) {
      if (header == HEADER_BYTES_MAX)
        control_malformed(load, connection);
      break;
    }
    if (count - at - header < length)
      break;
    take_packet(load, connection, bytes[at], bytes + at + header, length);
    at += header + length;
  }
  return at;
}

const struct dialect dialect_mqtt = {
    .name = "mqtt",
    .echoes = true,
    .under_way_max = 64, /* Mosquitto listens with a backlog of 100 */
    .greet = greet,
    .join = join,
    .say = say,
    .ping = ping,
    .receive = receive,
};
