/*
 * The list of dialects, by name.
 * Knows nothing else about them.
 */
#include "dialect.h"

#include <string.h>

const struct dialect *dialect_find(const char *name) {
  static const struct dialect *const all[] = {
      &dialect_maru,  &dialect_frames, &dialect_ws,   &dialect_socketio,
      &dialect_redis, &dialect_nats,   &dialect_mqtt, &dialect_irc,
  };
  for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
    if (strcmp(all[i]->name, name) == 0)
      return all[i];
  return NULL;
}
