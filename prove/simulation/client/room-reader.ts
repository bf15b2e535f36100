// One client's reading of one room: what it was shown goes into the history of the run, and from where to go
// on is remembered, as a careful program would that may be restarted at any time.

import type { ChatClientEvent, JoinOptions } from "@maru/sdk/chat";
import type { World } from "../world.ts";
import { keyOfText, type Reading, type RunHistory } from "./run-history.ts";

export class RoomReader {
  readonly room: string;
  /** Whether the client is in the room, as far as its events tell. */
  isIn = false;
  readonly #world: World;
  readonly #history: RunHistory;
  readonly #reading: Reading;
  #at: { readonly epoch: string; readonly seq: number } | null = null;
  /** It is another room than the one that was read, and the reader must be told. */
  #owesReset = false;
  /** What the last join asked for. */
  #asked: JoinOptions = {};

  constructor(world: World, history: RunHistory, observer: string, room: string) {
    this.room = room;
    this.#world = world;
    this.#history = history;
    this.#reading = history.reading(observer, room);
  }

  /** How to join: from where the reading stopped, or anywhere at first. */
  ask(): JoinOptions {
    if (this.#at === null) this.#asked = this.#world.random.chance(0.5) ? { after: 0 } : {};
    else this.#asked = { after: this.#at.seq, epoch: this.#at.epoch };
    return this.#asked;
  }

  /** Everything that the disk has was shown, or its loss announced. */
  get isUpToDate(): boolean {
    const { disk } = this.#world;
    const { epoch, entries } = disk.record(this.room);
    const head = entries.at(-1)?.seq ?? 0;
    return this.isIn && this.#at !== null && this.#at.epoch === epoch && this.#at.seq >= head;
  }

  saw(event: ChatClientEvent): void {
    switch (event.type) {
      case "joined":
        return this.#joined(event);
      case "message":
        return this.#entry(event.seq, keyOfText(event.text));
      case "reset":
        this.#owesReset = false;
        return this.#history.saw(this.#reading, { kind: "reset" });
      case "left":
        this.isIn = false;
        return;
      default:
        return;
    }
  }

  #joined({ epoch, head, again }: Extract<ChatClientEvent, { type: "joined" }>): void {
    this.isIn = true;
    const isAnew = this.#at !== null && this.#at.epoch !== epoch;
    this.#owesReset = isAnew;
    if (isAnew) this.#world.statistics.newEpochs += 1;
    const { after } = this.#asked;
    const owed = !again && !isAnew && after !== undefined && { after };
    this.#history.saw(this.#reading, { kind: "joined", epoch, head, ...owed });
    if (isAnew) this.#at = { epoch, seq: 0 };
    else this.#at ??= { epoch, seq: after ?? head };
  }

  #entry(seq: number, key: string): void {
    if (this.#at === null) throw new Error("an entry before the join");
    if (this.#owesReset) throw new Error("an entry of a new epoch, and no reset before it");
    this.#history.saw(this.#reading, { kind: "event", seq, key });
    this.#at = { epoch: this.#at.epoch, seq };
  }
}
