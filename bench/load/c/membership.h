/*
 * One stay of one person in one room of Maru, and the seqs that the person must see in it: from the
 * head that the join was answered with, each next one, in order and once, until it leaves.
 * When the leave is sent, what was acknowledged before to any talker is owed; between that and the
 * answer more may come, and must come in order; after the answer, nothing may.
 * Knows that the seqs of a room are dense while no member fails, which Maru's protocol leaves open.
 */
#pragma once
#include <stdint.h>

struct seq_faults {
  uint64_t missing, extra, misordered;
};

enum stay { STAY_OUT, STAY_IN, STAY_LEAVING };

struct membership {
  enum stay stay;
  uint32_t room;
  uint64_t seq;              /* the last that came, or the head at the join */
  uint64_t gap_from, gap_to; /* the last gap: what comes of it later is late, not twice */
  uint64_t owed;             /* leaving: up to this seq everything must have come */
};

void membership_joined(struct membership *membership, uint32_t room, uint64_t head);
void membership_leaving(struct membership *membership, uint64_t owed);

/* The leave was answered, or the run is over: what is owed and has not come is missing. */
void membership_left(struct membership *membership, struct seq_faults *faults);

void membership_message(struct membership *membership, uint32_t room, uint64_t seq,
                        struct seq_faults *faults);
