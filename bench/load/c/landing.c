/*
 * The books of landing.h. As many messages of a room have landed as its hindmost member has; all
 * members are looked at only when the last of the hindmost has moved on, so that a delivery costs
 * no more than a comparison.
 */
#include "landing.h"

#include <stdio.h>
#include <stdlib.h>

void landing_start(struct load *load) {
  load->tokens = load->options.inflight;
  load->landings = calloc(load->options.rooms, sizeof(load->landings[0]));
  if (load->landings == NULL) {
    perror("load");
    exit(1);
  }
  for (uint32_t i = 0; i < load->crowd; i++)
    if (!load->connections[i].stalled)
      load->landings[load->connections[i].room].hindmost++;
}

static bool is_reading(const struct connection *member) {
  return !member->stalled && member->phase == PHASE_READY;
}

/* No more than was said and may yet be awaited: copies too many make no room in the loop. */
static uint64_t landed_in(const struct load *load, uint32_t room) {
  uint64_t landed = load->room_messages[room] - load->landings[room].written_off;
  for (uint32_t i = room; i < load->crowd; i += load->options.rooms) {
    const struct connection *member = &load->connections[i];
    if (is_reading(member) && member->received < landed)
      landed = member->received;
  }
  return landed;
}

static void recount(struct load *load, uint32_t room) {
  struct landing *landing = &load->landings[room];
  uint64_t landed = landed_in(load, room);
  if (landed > landing->landed) {
    load->tokens += (uint32_t)(landed - landing->landed);
    load->tally.landed += landed - landing->landed;
    landing->landed = landed;
  }
  landing->hindmost = 0;
  for (uint32_t i = room; i < load->crowd; i += load->options.rooms) {
    const struct connection *member = &load->connections[i];
    landing->hindmost += is_reading(member) && member->received <= landing->landed;
  }
}

void landing_moved(struct load *load, const struct connection *member, uint64_t before) {
  if (load->landings == NULL)
    return;
  struct landing *landing = &load->landings[member->room];
  if (before <= landing->landed && member->received > landing->landed)
    landing->hindmost--;
  if (landing->hindmost == 0)
    recount(load, member->room);
}

/*
 * What a talker had said when its connection ended may have died with it. Its room's observer has
 * not seen so many, and no more than are under way are given up; if they come all the same, the
 * loop is so much deeper.
 */
static void write_off(struct load *load, const struct connection *talker) {
  struct landing *landing = &load->landings[talker->room];
  uint64_t unseen = talker->sequence - talker->observed_sequence;
  uint64_t under_way =
      load->room_messages[talker->room] - landing->written_off - landing->landed;
  uint64_t count = unseen < under_way ? unseen : under_way;
  landing->written_off += count;
  load->tokens += (uint32_t)count;
}

void landing_left(struct load *load, const struct connection *member) {
  if (load->landings == NULL || member->stalled)
    return;
  if (member->talks)
    write_off(load, member);
  recount(load, member->room);
}
