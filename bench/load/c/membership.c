/*
 * The counting of membership.h. Allocates nothing; every message of a traffic run comes by here.
 */
#include "membership.h"

void membership_joined(struct membership *membership, uint32_t room, uint64_t head) {
  *membership = (struct membership){.stay = STAY_IN, .room = room, .seq = head};
}

void membership_leaving(struct membership *membership, uint64_t owed) {
  membership->stay = STAY_LEAVING;
  membership->owed = owed;
}

void membership_left(struct membership *membership, struct seq_faults *faults) {
  if (membership->stay == STAY_LEAVING && membership->seq < membership->owed)
    faults->missing += membership->owed - membership->seq;
  membership->stay = STAY_OUT;
}

static void late_or_twice(struct membership *membership, uint64_t seq, struct seq_faults *faults) {
  if (seq < membership->gap_from || seq >= membership->gap_to) {
    faults->extra++;
    return;
  }
  faults->misordered++;
  faults->missing--;
  membership->gap_from = seq + 1;
}

void membership_message(struct membership *membership, uint32_t room, uint64_t seq,
                        struct seq_faults *faults) {
  if (membership->stay == STAY_OUT || membership->room != room) {
    faults->extra++;
    return;
  }
  if (seq <= membership->seq) {
    late_or_twice(membership, seq, faults);
    return;
  }
  if (seq > membership->seq + 1) {
    faults->missing += seq - membership->seq - 1;
    membership->gap_from = membership->seq + 1;
    membership->gap_to = seq;
  }
  membership->seq = seq;
}
