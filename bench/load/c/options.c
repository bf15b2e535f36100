/*
 * Reads the command line into struct options.
 * One table names every option, its place and its bounds; nothing here knows what they mean.
 */
#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialect.h"
#include "text.h"

static const struct {
  const char *name;
  size_t offset;
  uint32_t min, max;
} counts[] = {
    {"--rooms", offsetof(struct options, rooms), 0, 100000},
    {"--members", offsetof(struct options, members), 1, 100000},
    {"--talkers", offsetof(struct options, talkers), 1, 100000},
    {"--stalled", offsetof(struct options, stalled), 0, 100000},
    {"--text-bytes", offsetof(struct options, text_bytes), TEXT_BYTES_MIN, 8192},
    {"--inflight", offsetof(struct options, inflight), 1, 1000000},
    {"--rate", offsetof(struct options, rate), 0, 10000000},
    {"--sample", offsetof(struct options, sample_every), 1, 1000000},
    {"--sample-listeners", offsetof(struct options, sample_listeners), 0, 1},
    {"--ping-ms", offsetof(struct options, ping_ms), 0, 3600000},
    {"--idle", offsetof(struct options, idle), 0, 1000000},
    {"--first", offsetof(struct options, first), 0, 1000000},
    {"--storm", offsetof(struct options, storm), 0, 1000000},
    {"--under-way", offsetof(struct options, under_way), 0, 1000000},
    {"--seed", offsetof(struct options, seed), 0, 4294967295u},
};

static void fail(const char *what, const char *value) {
  fprintf(stderr, "load: %s%s%s\n", what, value[0] ? ": " : "", value);
  exit(2);
}

static double number(const char *name, const char *value, double min, double max) {
  char *end;
  double parsed = strtod(value, &end);
  if (end == value || *end != '\0' || !(parsed >= min && parsed <= max))
    fail(name, "out of bounds, or not a number");
  return parsed;
}

static bool set_count(struct options *options, const char *name, const char *value) {
  for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
    if (strcmp(counts[i].name, name) != 0)
      continue;
    uint32_t parsed = (uint32_t)number(name, value, counts[i].min, counts[i].max);
    memcpy((char *)options + counts[i].offset, &parsed, sizeof(parsed));
    return true;
  }
  return false;
}

static void set(struct options *options, const char *name, const char *value) {
  if (set_count(options, name, value))
    return;
  if (strcmp(name, "--port") == 0)
    options->port = (uint16_t)number(name, value, 1, 65535);
  else if (strcmp(name, "--warmup") == 0)
    options->warmup_seconds = number(name, value, 0, 3600);
  else if (strcmp(name, "--seconds") == 0)
    options->seconds = number(name, value, 0.01, 86400);
  else if (strcmp(name, "--drain") == 0)
    options->drain_seconds = number(name, value, 0, 600);
  else if (strcmp(name, "--script") == 0)
    options->script = value;
  else if (strcmp(name, "--host") == 0 && strcmp(value, "127.0.0.1") == 0)
    return;
  else if (strcmp(name, "--dialect") == 0 && dialect_find(value) != NULL)
    options->dialect = dialect_find(value);
  else
    fail("unknown option or value", name);
}

static void check(const struct options *options) {
  if (options->port == 0)
    fail("--port is needed", "");
  if (options->idle > 0)
    return;
  if (options->storm > 0 && options->rooms == 0)
    fail("--storm needs --rooms", "");
  if (options->storm > 0 || options->script != NULL)
    return;
  if (options->rooms == 0)
    fail("--rooms 0 goes only with --idle", "");
  if (options->talkers + options->stalled > options->members)
    fail("--talkers and --stalled together exceed --members", "");
}

struct options options_parse(int count, char **arguments) {
  struct options options = {
      .dialect = dialect_find("maru"),
      .rooms = 1,
      .members = 100,
      .talkers = 10,
      .text_bytes = 64,
      .inflight = 64,
      .sample_every = 61, /* prime, so that it never keeps step with a batch of 64 */
      .ping_ms = 20000,
      .drain_seconds = 5,
      .warmup_seconds = 1,
      .seconds = 4,
  };
  for (int i = 1; i < count; i += 2) {
    if (i + 1 == count)
      fail("an option without its value", arguments[i]);
    set(&options, arguments[i], arguments[i + 1]);
  }
  check(&options);
  return options;
}
