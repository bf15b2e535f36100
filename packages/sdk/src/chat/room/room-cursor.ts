// How far one room has been read, and what to do with each event of it that arrives.
// Owns the last seq, the epoch, and the live events that are held back while a gap is being
// filled. Pure: asks nothing, delivers nothing itself.
//
// Invariant: what was delivered is exactly what has a seq ≤ `seq`; held entries are above it,
// ascending, and nothing lies between them except what `targetSeq` covers.

import type { Entry } from "@maru/protocol/chat";
import type { ReplyTo } from "../command-rules.ts";
import { HeldEvents, type RoomEvent } from "./held-events.ts";

export type JoinOutcome =
  /** Events follow by themselves. */
  | "live"
  /** History must be paged from `seq` on. */
  | "gap"
  /** The log is not the one that was read: announce it, then page if the cursor is catching up. */
  | "reset";

export type JoinReply = Pick<ReplyTo<"join">, "room" | "epoch" | "head" | "recovered">;

export class RoomCursor {
  room: string;
  /** null until the first join is answered, if the caller named none. */
  epoch: string | null;
  /** The last entry delivered. */
  seq: number;
  /** True while everything from the room's first entry on was asked for and none was seen. */
  fromStart: boolean;
  #held: HeldEvents | null = null;
  /** Paging goes on until here at least. */
  #targetSeq = 0;

  constructor(room: string, after?: number, epoch?: string) {
    this.room = room;
    this.seq = after ?? 0;
    this.epoch = epoch ?? null;
    this.fromStart = after === 0;
  }

  get catchingUp(): boolean {
    return this.#held !== null;
  }

  /** What to ask for on a rejoin. */
  rejoin(): { room: string; after: number; epoch?: string } {
    const { room, seq, epoch } = this;
    return { room, after: seq, ...(epoch !== null && { epoch }) };
  }

  /** Takes the answer to a join; `after` is what was asked for, if anything. */
  joined(reply: JoinReply, after?: number): JoinOutcome {
    const anew = this.epoch !== null && this.epoch !== reply.epoch;
    this.room = reply.room;
    this.epoch = reply.epoch;
    this.#held = null;
    if (after === undefined) {
      this.delivered(reply.head);
      return "live";
    }
    this.seq = after;
    this.fromStart = after === 0 && !anew;
    // A seq that the log never gave: the server lost it. What it has, was seen.
    const lost = !anew && after > reply.head;
    if (reply.recovered && !anew && !lost) return "live";
    if (lost) this.seq = reply.head;
    if (anew) this.seq = 0;
    if (this.seq < reply.head) {
      this.#held = new HeldEvents();
      this.#targetSeq = reply.head;
    }
    if (anew || lost) return "reset";
    return this.catchingUp ? "gap" : "live";
  }

  /** Whether a live event goes out now; a held one comes back from `release`. */
  accept(event: RoomEvent): boolean {
    if (event.type === "presence") {
      // It must not overtake what was said before it.
      this.#held?.holdPresence(event);
      return this.#held === null;
    }
    if (event.seq <= this.seq) return false;
    if (this.#held === null) {
      this.delivered(event.seq);
      return true;
    }
    this.#targetSeq = Math.max(this.#targetSeq, this.#held.holdEntry(event));
    return false;
  }

  /** The part of a page that is new here; it counts as delivered. */
  page(entries: readonly Entry[]): Entry[] {
    const fresh = entries.filter((entry) => entry.seq > this.seq);
    const last = fresh.at(-1);
    if (last !== undefined) this.delivered(last.seq);
    return fresh;
  }

  /** Whether paging has come far enough for the held entries to follow. */
  get caughtUp(): boolean {
    return this.seq >= this.#targetSeq;
  }

  /** Ends the catching up: the held events that no page brought, in order. */
  release(): RoomEvent[] {
    const held = this.#held?.after(this.seq) ?? [];
    this.#held = null;
    const last = held.findLast((event) => event.type !== "presence");
    if (last !== undefined) this.delivered(last.seq);
    return held;
  }

  delivered(seq: number): void {
    this.seq = seq;
    this.fromStart = false;
  }
}
