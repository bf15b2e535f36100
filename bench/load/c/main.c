/*
 * The load generator: plays a crowd of clients against a server on loopback, counts what arrives,
 * and says how fast and how late it was. One thread, so that it measures rather than schedules.
 * Owns the set-up of the process; the run itself is talk.c, idle.c, storm.c or traffic.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "load.h"
#include "modes.h"
#include "traffic.h"
#include "turn.h"

#define RUN_SECONDS_EXTRA 300 /* beyond what was asked for, the run is stuck: end it */

static void raise_file_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/* Member m of room r is connection m * rooms + r: talkers of all rooms first, stalled ones last. */
static void place(struct load *load, struct connection *connection, uint32_t index) {
  const struct options *options = &load->options;
  uint32_t rooms = options->rooms > 0 ? options->rooms : 1;
  uint32_t member = index / rooms;
  *connection = (struct connection){
      .fd = -1, .index = index, .room = index % rooms, .timed = true};
  if (options->idle > 0)
    connection->index += options->first;
  if (load->traffic != NULL)
    connection->room = load->traffic->script.homes[index];
  if (options->idle > 0 || options->storm > 0 || load->traffic != NULL)
    return;
  uint32_t readers = options->members - options->stalled;
  uint32_t observer = options->talkers < readers ? options->talkers : 0;
  connection->talks = member < options->talkers;
  connection->stalled = member >= readers;
  connection->observes = member == observer;
  if (options->sample_listeners && options->talkers < readers)
    connection->timed = !connection->talks;
}

static uint32_t crowd_of(const struct load *load) {
  const struct options *options = &load->options;
  if (load->traffic != NULL)
    return load->traffic->script.people;
  if (options->storm > 0)
    return options->storm;
  return options->idle > 0 ? options->idle : options->rooms * options->members;
}

static void gather_crowd(struct load *load) {
  const struct options *options = &load->options;
  load->crowd = crowd_of(load);
  load->connections = malloc(load->crowd * sizeof(load->connections[0]));
  load->room_messages = calloc(options->rooms + 1, sizeof(load->room_messages[0]));
  if (load->connections == NULL || load->room_messages == NULL) {
    perror("load");
    exit(1);
  }
  for (uint32_t i = 0; i < load->crowd; i++)
    place(load, &load->connections[i], i);
}

static int run(struct load *load) {
  if (load->traffic != NULL)
    return traffic_run(load);
  if (load->options.storm > 0)
    return storm_run(load);
  return load->options.idle > 0 ? idle_run(load) : talk_run(load);
}

int main(int count, char **arguments) {
  static struct load load;
  load.options = options_parse(count, arguments);
  load.until_sample = load.options.sample_every;
  load.measure_from_ns = UINT64_MAX;
  raise_file_limit();
  prctl(PR_SET_TIMERSLACK, 1ul); /* ns: the open loop wakes when it is due, not 50 us later */
  alarm((unsigned)(load.options.warmup_seconds + load.options.seconds) + RUN_SECONDS_EXTRA);
  if (load.options.script != NULL)
    traffic_start(&load);
  gather_crowd(&load);
  turn_start(&load);
  return run(&load);
}
