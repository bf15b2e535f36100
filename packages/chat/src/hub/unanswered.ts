// How much may be said to a person who has not answered: a budget of its own for each conversation and
// sender, small enough that a stranger can't flood anybody. What is answered once has none any more.
// Bounded: a budget that is full again is forgotten, and of too many the one used longest ago.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import type { Room } from "./room.ts";

export interface UnansweredBounds {
  /** Entries to one person at once, who has not answered; and per minute in the long run, 0 = no limit. */
  readonly unansweredBurst: number;
  readonly unansweredPerMinute: number;
  /** Bytes of them at once; refilled in the same time as the entries. */
  readonly unansweredBytes: number;
}

/** Budgets kept: those that are not full. */
export const unansweredKept = 100_000;

interface Left {
  entries: number;
  bytes: number;
  filledMs: number;
}

export class UnansweredBudgets {
  readonly #bounds: UnansweredBounds;
  /** By sender and room, the one used longest ago first. */
  readonly #left = new Map<string, Left>();

  constructor(bounds: UnansweredBounds) {
    this.#bounds = bounds;
  }

  /** Spends one entry of so many bytes and returns 0, or the milliseconds until one may be said. */
  take(room: Room, sender: NameKey, bytes: number, now: number): number {
    const { unansweredPerMinute: perMinute, unansweredBurst: burst } = this.#bounds;
    if (perMinute === 0 || isAnswered(room, sender)) return 0;
    const key = `${sender}\n${room.key}`;
    const left = this.#fill(this.#left.get(key), now);
    const bytesPerEntry = this.#bounds.unansweredBytes / burst;
    const missing = Math.max(
      1 - left.entries,
      left.bytes > 0 ? 0 : (1 - left.bytes) / bytesPerEntry,
    );
    if (missing > 0) return Math.ceil((missing * 60_000) / perMinute);
    left.entries -= 1;
    left.bytes -= bytes;
    this.#keep(key, left);
    return 0;
  }

  /** A clock that goes back adds nothing. */
  #fill(left: Left | undefined, now: number): Left {
    const { unansweredPerMinute, unansweredBurst, unansweredBytes } = this.#bounds;
    if (left === undefined) {
      return { entries: unansweredBurst, bytes: unansweredBytes, filledMs: now };
    }
    const entries = (Math.max(0, now - left.filledMs) * unansweredPerMinute) / 60_000;
    left.filledMs = now;
    left.entries = Math.min(unansweredBurst, left.entries + entries);
    left.bytes = Math.min(
      unansweredBytes,
      left.bytes + (entries * unansweredBytes) / unansweredBurst,
    );
    return left;
  }

  #keep(key: string, left: Left): void {
    this.#left.delete(key);
    this.#left.set(key, left);
    if (this.#left.size <= unansweredKept) return;
    const [oldest = ""] = this.#left.keys();
    this.#left.delete(oldest);
  }
}

/** Whether what the sender says there is welcome: it is no conversation, or the other has spoken. */
function isAnswered(room: Room, sender: NameKey): boolean {
  const people = directParticipants(room.key);
  if (people === null) return true;
  return people.every((person) => person === sender || room.spoken.has(person));
}
