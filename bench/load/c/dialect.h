/*
 * What the generator needs of a protocol: how to greet, join, talk and ping, and how to find the
 * frames in what comes back. Each dialect is one table of these, in its own file.
 * `greet`, `join`, `say` and `ping` only append to the connection's out queue; none of them sends.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct connection;
struct load;

struct dialect {
  const char *name;
  bool acknowledges; /* each message also gets a reply of its own */
  /*
   * A talker gets its own message too. Where it doesn't, `say` counts it as received by its talker:
   * it has landed when all the others have it.
   */
  bool echoes;
  /* Connections dialled at once, within the backlog that its server listens with; 0: greet.c's. */
  uint32_t under_way_max;
  void (*greet)(struct connection *connection);
  void (*join)(struct connection *connection);
  void (*say)(struct connection *connection, uint32_t text_bytes, uint64_t due_ns);
  void (*ping)(struct connection *connection);

  /* Handles the whole frames at the front of `bytes`; returns how many bytes they were. */
  size_t (*receive)(struct load *load, struct connection *connection, const uint8_t *bytes,
                    size_t count);
};

extern const struct dialect dialect_maru, dialect_frames, dialect_ws, dialect_socketio,
    dialect_redis, dialect_nats, dialect_mqtt, dialect_irc;

/* NULL when there is no dialect of that name. */
const struct dialect *dialect_find(const char *name);
