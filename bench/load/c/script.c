/*
 * Reads the file of script.h, and checks every number in it against its bounds.
 */
#include "script.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "text.h"

#define COUNT_MAX 50000000u

static void fail(const char *path, const char *what) {
  fprintf(stderr, "load: %s: %s\n", path, what);
  exit(2);
}

static void *allocate(size_t count, size_t bytes) {
  void *memory = malloc((count + 1) * bytes);
  if (memory == NULL) {
    perror("load");
    exit(1);
  }
  return memory;
}

static struct action read_action(FILE *file, const char *path, const struct script *script) {
  char kind;
  uint64_t us;
  struct action action;
  if (fscanf(file, " %c %" SCNu64 " %u %u", &kind, &us, &action.person, &action.value) != 4)
    fail(path, "an action is not what it should be");
  action.due_ns = us * 1000;
  action.kind = (enum action_kind)kind;
  bool says = kind == ACTION_SAY || kind == ACTION_SAY_KOREAN;
  if (!says && kind != ACTION_MOVE)
    fail(path, "an action of an unknown kind");
  if (says ? action.value < TEXT_BYTES_MIN || action.value > 8192 : action.value >= script->rooms)
    fail(path, "an action out of bounds");
  if (action.person >= script->people)
    fail(path, "no person has that number");
  return action;
}

struct script script_read(const char *path) {
  struct script script;
  FILE *file = fopen(path, "r");
  if (file == NULL)
    fail(path, "cannot be opened");
  if (fscanf(file, "traffic %u %u %u", &script.rooms, &script.people, &script.count) != 3 ||
      script.rooms == 0 || script.people == 0 || script.count > COUNT_MAX)
    fail(path, "no script of traffic");
  script.homes = allocate(script.people, sizeof(script.homes[0]));
  script.actions = allocate(script.count, sizeof(script.actions[0]));
  for (uint32_t i = 0; i < script.people; i++)
    if (fscanf(file, " h %u", &script.homes[i]) != 1 || script.homes[i] >= script.rooms)
      fail(path, "a home is not what it should be");
  for (uint32_t i = 0; i < script.count; i++) {
    script.actions[i] = read_action(file, path, &script);
    if (i > 0 && script.actions[i].due_ns < script.actions[i - 1].due_ns)
      fail(path, "the actions are not in order of time");
  }
  fclose(file);
  return script;
}
