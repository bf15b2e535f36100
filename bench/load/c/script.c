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

static struct deed read_deed(FILE *file, const char *path, const struct script *script) {
  char kind;
  uint64_t us;
  struct deed deed;
  if (fscanf(file, " %c %" SCNu64 " %u %u", &kind, &us, &deed.person, &deed.value) != 4)
    fail(path, "a deed is not what it should be");
  deed.due_ns = us * 1000;
  deed.kind = (enum deed_kind)kind;
  bool says = kind == DEED_SAY || kind == DEED_SAY_KOREAN;
  if (!says && kind != DEED_MOVE)
    fail(path, "a deed of an unknown kind");
  if (says ? deed.value < TEXT_BYTES_MIN || deed.value > 8192 : deed.value >= script->rooms)
    fail(path, "a deed out of bounds");
  if (deed.person >= script->people)
    fail(path, "nobody has that number");
  return deed;
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
  script.deeds = allocate(script.count, sizeof(script.deeds[0]));
  for (uint32_t i = 0; i < script.people; i++)
    if (fscanf(file, " h %u", &script.homes[i]) != 1 || script.homes[i] >= script.rooms)
      fail(path, "a home is not what it should be");
  for (uint32_t i = 0; i < script.count; i++) {
    script.deeds[i] = read_deed(file, path, &script);
    if (i > 0 && script.deeds[i].due_ns < script.deeds[i - 1].due_ns)
      fail(path, "the deeds are not in order of time");
  }
  fclose(file);
  return script;
}
