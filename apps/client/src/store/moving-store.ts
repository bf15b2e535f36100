// A store that goes along when the person takes another nick: what is unsent counts for one nick, so it
// must not stand with another one's. Owns what of this run is still open, for that move.

import { type NameKey, parseNick } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk/chat";
import type { Store } from "./store.ts";
import type { Draft, Stored, StoredRooms } from "./stored.ts";

interface Open {
  readonly unsent: Unsent;
  /** Why it was refused; null while it waits. */
  readonly reason: string | null;
}

const leftReason = "you took another nick; whether it was stored is not known";

export class MovingStore implements Store {
  /** What was there at the start, with the first nick. */
  readonly stored: Stored;
  readonly outbox: Store["outbox"];
  readonly #openFor: (nick: string | null) => Store;
  /** By cid, in order. */
  readonly #sends = new Map<string, Open>();
  #nick: string | null;
  #store: Store;

  /** `nick` null: a guest. */
  constructor(openFor: (nick: string | null) => Store, nick: string | null) {
    this.#openFor = openFor;
    this.#nick = nick;
    this.#store = openFor(nick);
    this.stored = this.#store.stored;
    for (const { unsent, reason } of this.stored.failed) {
      this.#sends.set(unsent.cid, { unsent, reason });
    }
    for (const unsent of this.stored.outbox) this.#sends.set(unsent.cid, { unsent, reason: null });
    this.outbox = {
      put: (unsent) => this.#put(unsent),
      settle: (cid) => {
        this.#sends.delete(cid);
        this.#store.outbox.settle(cid);
      },
      fail: (cid, reason) => this.#fail(cid, reason),
    };
  }

  get isOwner(): boolean {
    return this.#store.isOwner;
  }

  /** What a guest leaves unsent is not sent again by itself. */
  get isGuest(): boolean {
    return this.#nick === null;
  }

  /** To another nick's directory, with all that is open and typed; the history there goes on. */
  move(nick: string, drafts: ReadonlyMap<NameKey, Draft>, rooms: StoredRooms): void {
    const former = this.#store;
    if (keyOf(nick) === keyOf(this.#nick)) {
      this.#nick = nick;
      return former.saveRooms(rooms);
    }
    const next = this.#openFor(nick);
    this.#nick = nick;
    this.#store = next;
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
    this.#store.saveDraft(room, draft);
  }

  remember(line: string): void {
    this.#store.remember(line);
  }

  saveRooms(rooms: StoredRooms): void {
    this.#store.saveRooms(rooms);
  }

  flush(): void {
    this.#store.flush();
  }

  close(): void {
    this.#store.close();
  }

  #put(unsent: Unsent): void {
    this.#sends.set(unsent.cid, { unsent, reason: null });
    this.#store.outbox.put(unsent);
  }

  #fail(cid: string, reason: string): void {
    const open = this.#sends.get(cid);
    if (open !== undefined) this.#sends.set(cid, { ...open, reason });
    this.#store.outbox.fail(cid, reason);
  }

  /** Where the new directory takes nothing, the old one keeps it, for the person to judge. */
  #letGo(former: Store, drafts: ReadonlyMap<NameKey, Draft>): void {
    const isTaken = this.#store.isOwner;
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
