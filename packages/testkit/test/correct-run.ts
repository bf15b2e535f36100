// Plays a chat that keeps its promises, at random, and records it: rooms with holes in their seqs,
// retries, observers that come late, lose their connection, resume or start anew. With `loses`, rooms
// also lose everything now and then and say so with a new epoch.

import type { Asked, ObserverStep, PublisherRecord, RunRecord, SeededRandom } from "../src/mod.ts";
import { messageKey } from "../src/mod.ts";

interface Room {
  readonly room: string;
  epoch: string;
  entries: { seq: number; key: string }[];
  /** The last seq given, be it that of an entry or of a hole. */
  lastSeq: number;
}

interface Message {
  readonly room: Room;
  readonly key: string;
  seq: number | null;
  acknowledgements: number;
  /** Lost after it was acknowledged: it is not asked for again. */
  isGone: boolean;
}

interface Observer {
  readonly observer: string;
  readonly room: Room;
  readonly steps: ObserverStep[];
  readonly completeTo: number;
  isConnected: boolean;
  epoch: string | null;
  /** The last seq that it saw, or that it began behind. */
  seq: number;
}

class Chat {
  readonly #random: SeededRandom;
  readonly #rooms: Room[];
  readonly #observers: Observer[];
  readonly #messages: Message[] = [];
  readonly #publishers: PublisherRecord[] = [];
  #at = 0;
  #epochs = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#rooms = ["lobby", "ops", "방"].map((room) => this.#empty({ room } as Room));
    this.#observers = this.#rooms.flatMap((room) =>
      ["ann", "ben", "mia"].map((observer) => ({
        ...{ observer, room, steps: [], completeTo: Number.POSITIVE_INFINITY },
        ...{ isConnected: false, epoch: null, seq: 0 },
      })),
    );
  }

  ask(): void {
    const room = this.#random.pick(this.#rooms);
    const account = this.#random.pick(["zoe", "max", "eve"]);
    const key = messageKey(account, `c${this.#messages.length}`);
    this.#messages.push({ room, key, seq: null, acknowledgements: 0, isGone: false });
    const asked: Asked = { kind: "asked", at: ++this.#at, room: room.room, key };
    this.#publishers.push(asked);
  }

  store(message = this.#pick(({ seq }) => seq === null)): void {
    if (message === undefined) return;
    const { room, key } = message;
    room.lastSeq += this.#random.between(1, 3);
    message.seq = room.lastSeq;
    room.entries.push({ seq: room.lastSeq, key });
  }

  acknowledge(message = this.#pick(({ seq }) => seq !== null)): void {
    if (message === undefined) return;
    const { room, key, seq } = message;
    const duplicate = message.acknowledgements > 0;
    message.acknowledgements += 1;
    const what = { room: room.room, key, seq: seq as number, epoch: room.epoch, duplicate };
    this.#publishers.push({ kind: "acknowledged", at: ++this.#at, ...what });
  }

  deliver(observer = this.#random.pick(this.#observers)): boolean {
    const next = observer.room.entries.find(({ seq }) => seq > observer.seq);
    if (!observer.isConnected || next === undefined) return false;
    observer.steps.push({ kind: "event", ...next });
    observer.seq = next.seq;
    return true;
  }

  join(observer = this.#random.pick(this.#observers)): void {
    if (observer.isConnected) return;
    const { room, steps } = observer;
    const head = room.entries.at(-1)?.seq ?? 0;
    const isKnown = observer.epoch === room.epoch;
    const resumes = isKnown && this.#random.chance(0.7);
    if (isKnown && !resumes) steps.push({ kind: "reset" });
    const after = resumes ? { after: observer.seq } : {};
    steps.push({ kind: "joined", epoch: room.epoch, head, ...after });
    observer.seq = resumes ? observer.seq : head;
    observer.epoch = room.epoch;
    observer.isConnected = true;
  }

  disconnect(): void {
    this.#random.pick(this.#observers).isConnected = false;
  }

  lose(): void {
    const room = this.#empty(this.#random.pick(this.#rooms));
    for (const observer of this.#observers)
      if (observer.room === room) observer.isConnected = false;
    for (const message of this.#messages) {
      if (message.room !== room || message.seq === null) continue;
      message.isGone = message.acknowledgements > 0;
      message.seq = null;
    }
  }

  finish(): RunRecord {
    for (const message of this.#messages) {
      if (message.isGone) continue;
      if (message.seq === null) this.store(message);
      if (message.acknowledgements === 0) this.acknowledge(message);
    }
    for (const observer of this.#observers) {
      this.join(observer);
      while (this.deliver(observer));
    }
    const observers = this.#observers.map(({ observer, room, steps, completeTo }) => {
      return { observer, room: room.room, steps, completeTo };
    });
    const logs = this.#rooms.map(({ room, epoch, entries }) => ({ room, epoch, entries }));
    return { publishers: this.#publishers, observers, logs };
  }

  #empty(room: Room): Room {
    this.#epochs += 1;
    return Object.assign(room, { epoch: `e${this.#epochs}`, entries: [], lastSeq: 0 });
  }

  #pick(wanted: (message: Message) => boolean): Message | undefined {
    const found = this.#messages.filter((message) => !message.isGone && wanted(message));
    return found.length === 0 ? undefined : this.#random.pick(found);
  }
}

export function playCorrectRun(random: SeededRandom, steps: number, loses = false): RunRecord {
  const chat = new Chat(random);
  for (let step = 0; step < steps; step += 1) {
    const act = random.below(100);
    if (act < 20) chat.ask();
    else if (act < 40) chat.store();
    else if (act < 60) chat.acknowledge();
    else if (act < 85) chat.deliver();
    else if (act < 95) chat.join();
    else if (act < 98 || !loses) chat.disconnect();
    else chat.lose();
  }
  return chat.finish();
}
