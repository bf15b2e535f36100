// How often a person may be said to be writing, and for how long it counts: what the server, writers
// and readers must agree upon. A notice is never kept, and none is promised to arrive.
// TypingNotices is one writer's book; the hub has one a session, the SDK one a client.

import type { NameKey } from "./names.ts";

/** Milliseconds between two notices of one writer in one room; sooner ones are dropped. */
export const typingIntervalMs = 2_000;

/**
 * Milliseconds after which a reader forgets the last notice. A writer's clock and the server's do not
 * agree to the millisecond, so every other notice may be dropped: two intervals must fit in here.
 */
export const typingShownMs = 6_000;

/** Rooms in which one writer is shown as writing at a time. A person has two hands. */
export const noticedRoomsMax = 32;

interface Notice {
  /** When the room was last told of the writing, milliseconds. */
  readonly atMs: number;
  /** It has been told of the writing, and not of its end. */
  readonly isTold: boolean;
}

/** Where a person was last said to be writing. */
export class TypingNotices {
  /** The oldest first. */
  readonly #byRoom = new Map<NameKey, Notice>();

  /** Whether the room is to be told of writing, which counts as done. */
  take(room: NameKey, now: number): boolean {
    const last = this.#byRoom.get(room);
    if (last !== undefined && isWithin(typingIntervalMs, last, now)) return false;
    this.#byRoom.delete(room);
    this.#forgetOld(now);
    if (this.#byRoom.size >= noticedRoomsMax) return false;
    this.#byRoom.set(room, { atMs: now, isTold: true });
    return true;
  }

  /** Whether the room is to be told of the end: once, where it was told of writing. */
  stop(room: NameKey): boolean {
    const last = this.#byRoom.get(room);
    if (last?.isTold !== true) return false;
    this.#byRoom.set(room, { ...last, isTold: false });
    return true;
  }

  /** What everybody has forgotten need not be taken back either. */
  #forgetOld(now: number): void {
    for (const [room, notice] of this.#byRoom) {
      if (isWithin(typingShownMs, notice, now)) return;
      this.#byRoom.delete(room);
    }
  }
}

/** A clock that was set back must not silence a writer until it has caught up. */
function isWithin(ms: number, { atMs }: Notice, now: number): boolean {
  return now >= atMs && now - atMs < ms;
}
