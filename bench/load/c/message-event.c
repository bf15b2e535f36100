/*
 * Builds the event of message-event.h. `seq` and `at` have as many digits as usual, and no meaning;
 * it is JSON, because there are servers that parse it.
 */
#include "message-event.h"

#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "text.h"

size_t message_event_write(uint8_t *out, struct connection *connection, uint32_t text_bytes,
                           uint64_t due_ns) {
  connection->sequence++;
  int head = sprintf((char *)out,
                     "{\"type\":\"message\",\"room\":\"r%u\",\"seq\":%u,\"at\":1700000000000,"
                     "\"from\":\"b%u\",\"text\":\"",
                     connection->room, 100000 + connection->sequence % 900000, connection->index);
  struct text text = {connection->index, connection->sequence, due_ns};
  text_write(out + head, text_bytes, text);
  memcpy(out + head + text_bytes, "\"}", 2);
  return (size_t)head + text_bytes + 2;
}
