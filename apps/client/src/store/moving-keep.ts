// A keep that goes along when the person takes another nick: what is unsent counts for one nick, so it
// must not stand with another one's. Owns what of this run is still open, for that move.

import { type NameKey, parseNick } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk";
import type { Keep } from "./keep.ts";
import type { Draft, Kept, KeptRooms } from "./kept.ts";

interface Open {
  readonly unsent: Unsent;
  /** Why it was refused; null while it waits. */
  readonly reason: string | null;
}

const leftReason = "you took another nick; whether it was stored is not known";

export class MovingKeep implements Keep {
  /** What was there at the start, with the first nick. */
  readonly kept: Kept;
  readonly outbox: Keep["outbox"];
  readonly #openFor: (nick: string | null) => Keep;
  /** By cid, in order. */
  readonly #sends = new Map<string, Open>();
  #nick: string | null;
  #keep: Keep;

  /** `nick` null: a guest. */
  constructor(openFor: (nick: string | null) => Keep, nick: string | null) {
    this.#openFor = openFor;
    this.#nick = nick;
    this.#keep = openFor(nick);
    this.kept = this.#keep.kept;
    for (const { unsent, reason } of this.kept.failed) {
      this.#sends.set(unsent.cid, { unsent, reason });
    }
    for (const unsent of this.kept.outbox) this.#sends.set(unsent.cid, { unsent, reason: null });
    this.outbox = {
      put: (unsent) => this.#put(unsent),
      settle: (cid) => {
        this.#sends.delete(cid);
        this.#keep.outbox.settle(cid);
      },
      fail: (cid, reason) => this.#fail(cid, reason),
    };
  }

  get isOwner(): boolean {
    return this.#keep.isOwner;
  }

  /** What a guest leaves unsent is not sent again by itself. */
  get isGuest(): boolean {
    return this.#nick === null;
  }

  /** To another nick's directory, with all that is open and typed; the history there goes on. */
  move(nick: string, drafts: ReadonlyMap<NameKey, Draft>, rooms: KeptRooms): void {
    const former = this.#keep;
    if (keyOf(nick) === keyOf(this.#nick)) {
      this.#nick = nick;
      return former.saveRooms(rooms);
    }
    const next = this.#openFor(nick);
    this.#nick = nick;
    this.#keep = next;
    for (const { unsent, reason } of this.#sends.values()) {
      next.outbox.put(unsent);
      if (reason !== null) next.outbox.fail(unsent.cid, reason);
    }
    for (const [room, draft] of drafts) next.saveDraft(room, draft);
    next.saveRooms(rooms);
    // There before it goes here: a kill between the two leaves it in both, never in none.
    next.flush();
    this.#letGo(former, drafts);
    former.close();
  }

  saveDraft(room: NameKey, draft: Draft | null): void {
    this.#keep.saveDraft(room, draft);
  }

  remember(line: string): void {
    this.#keep.remember(line);
  }

  saveRooms(rooms: KeptRooms): void {
    this.#keep.saveRooms(rooms);
  }

  flush(): void {
    this.#keep.flush();
  }

  close(): void {
    this.#keep.close();
  }

  #put(unsent: Unsent): void {
    this.#sends.set(unsent.cid, { unsent, reason: null });
    this.#keep.outbox.put(unsent);
  }

  #fail(cid: string, reason: string): void {
    const open = this.#sends.get(cid);
    if (open !== undefined) this.#sends.set(cid, { ...open, reason });
    this.#keep.outbox.fail(cid, reason);
  }

  /** Where the new directory takes nothing, the old one keeps it, for the person to judge. */
  #letGo(former: Keep, drafts: ReadonlyMap<NameKey, Draft>): void {
    const isTaken = this.#keep.isOwner;
    for (const [cid, { reason }] of this.#sends) {
      if (isTaken) former.outbox.settle(cid);
      else if (reason === null) former.outbox.fail(cid, leftReason);
    }
    if (isTaken) for (const room of drafts.keys()) former.saveDraft(room, null);
  }
}

/** Spellings of one nick share a directory. */
function keyOf(nick: string | null): string | null {
  if (nick === null) return null;
  const parsed = parseNick(nick);
  return parsed.ok ? parsed.key : nick;
}
