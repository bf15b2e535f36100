// What of a room arrives live while its history is paged, and goes out after it, in order.
// Owns both bounds: the oldest entries are left to the history, and presence becomes a mere count.
// Pure; fed and emptied by room-cursor.ts.

import type { Entry, PresenceEvent } from "@maru/protocol/chat";

/** What a room's reader gets in order. */
export type RoomEvent = Entry | PresenceEvent;

/** Live entries held while history is paged; beyond that the oldest are left to the history. */
export const heldMax = 4096;
/** Presences held; beyond that the newest gives way to the next, which says no names. */
export const presenceHeldMax = 1024;

export class HeldEvents {
  #events: RoomEvent[] = [];
  #entries = 0;
  #presences = 0;
  #lastSeq = 0;

  /** Holds an entry once; returns the last seq that is left to the history for it, 0 for none. */
  holdEntry(entry: Entry): number {
    if (entry.seq <= this.#lastSeq) return 0;
    this.#lastSeq = entry.seq;
    this.#events.push(entry);
    this.#entries += 1;
    return this.#entries > heldMax ? this.#leaveOldest() : 0;
  }

  holdPresence(event: PresenceEvent): void {
    if (this.#presences < presenceHeldMax) {
      this.#presences += 1;
      this.#events.push(event);
      return;
    }
    const newest = this.#events.findLastIndex(({ type }) => type === "presence");
    this.#events.splice(newest, 1);
    const { type, room, memberCount } = event;
    this.#events.push({ type, room, memberCount });
  }

  /** Everything above `seq`, and every presence, in order. */
  after(seq: number): RoomEvent[] {
    return this.#events.filter((event) => event.type === "presence" || event.seq > seq);
  }

  /** Presence stays: it comes late then, but never before what was said. */
  #leaveOldest(): number {
    let left = 0;
    let leftSeq = 0;
    this.#events = this.#events.filter((event) => {
      if (event.type === "presence" || left > heldMax / 2) return true;
      left += 1;
      leftSeq = event.seq;
      return false;
    });
    this.#entries -= left;
    return leftSeq;
  }
}
