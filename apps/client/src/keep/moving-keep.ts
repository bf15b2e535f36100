// A keep that goes along when the person takes another nick: what is unsent counts for one nick, so it
// must not stand with another one's.

import type { Keep } from "./keep.ts";
import type { Draft, Kept, KeptRooms } from "./kept.ts";

export class MovingKeep implements Keep {
  /** What was there at the start, with the first nick. */
  readonly kept: Kept;
  readonly #open: (nick: string | null) => Keep;
  #keep: Keep;

  /** `nick` null: a guest. */
  constructor(open: (nick: string | null) => Keep, nick: string | null) {
    this.#open = open;
    this.#keep = open(nick);
    this.kept = this.#keep.kept;
  }

  get isOwner(): boolean {
    return this.#keep.isOwner;
  }

  get outbox(): Keep["outbox"] {
    return this.#keep.outbox;
  }

  /** To another nick's directory, with what is typed and open; the history there goes on. */
  move(nick: string, drafts: ReadonlyMap<string, Draft>, rooms: KeptRooms): void {
    this.#keep.close();
    this.#keep = this.#open(nick);
    for (const [room, draft] of drafts) this.#keep.saveDraft(room, draft);
    this.#keep.saveRooms(rooms);
  }

  saveDraft(room: string, draft: Draft | null): void {
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
}
