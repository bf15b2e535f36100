/*
 * The state of a traffic run beside that of struct load: the script, and what is known of each
 * person and each room. traffic.c makes it, traffic-actions.c keeps it; traffic-maru.c fills in what
 * Maru's frames tell.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "load.h"
#include "membership.h"
#include "script.h"

struct person {
  struct membership membership; /* Maru alone */
  uint64_t move_due_ns;         /* of the move under way; 0 = stays */
  bool present;                 /* in its room, as far as the answers tell */
  bool moved;                   /* ever: how much it must receive is not known by counting */
};

struct traffic_tally {
  uint64_t due;        /* messages whose time has come, said or not */
  uint64_t expected;   /* deliveries: who was present when a message was said, added up */
  uint64_t held;       /* actions that had to wait until their person was in */
  uint64_t unsaid;     /* actions of people who are gone for good */
  uint64_t moves;      /* begun */
  uint64_t moves_done; /* in the new room */
  struct seq_faults faults;
};

struct traffic {
  struct script script;
  struct person *people;
  uint64_t *room_heads;  /* the highest seq that was acknowledged, per room; Maru alone */
  uint32_t *present;     /* people per room */
  uint32_t *held;        /* actions that wait, in order */
  uint32_t held_count;
  uint32_t next_action;
  uint32_t moving;       /* people */
  uint64_t from_ns;      /* the beginning of the script, by the clock */
  bool checks_seqs;      /* Maru: every seq of every stay is checked */
  struct traffic_tally tally;
  struct histogram move_latency;
};

/* Reads the script and makes room for its people; before the crowd is gathered. */
void traffic_start(struct load *load);

/* Each person does what is due; who is not in its room yet, as soon as it is. */
void traffic_perform_due(struct load *load, uint64_t now_ns);

/* A turn of the loop, or a failed dial, has moved a connection to another phase. */
void traffic_phase_changed(struct load *load, struct connection *connection);

/* Maru's dialect, with every frame also held against the memberships. */
const struct dialect *traffic_maru_dialect(void);

/* Asks to leave this room and to join that one, in one write. */
void traffic_maru_move(struct load *load, struct connection *connection, uint32_t room);

/* Makes the filler of the message that was just appended Korean, with an emoji now and then. */
void traffic_maru_translate(struct connection *connection, uint32_t text_bytes);
