// What a run leaves behind for the invariant checker: who asked for what, what was acknowledged on
// the wire, what each reader was shown. Owns the records and their order; judges nothing.

import {
  type LoggedEntry,
  messageKey,
  type ObserverStep,
  type PublisherRecord,
  type RunRecord,
} from "@maru/testkit";
import type { World } from "../world.ts";

/** One reader of one room, over all its connections and lives. */
export interface Reading {
  readonly observer: string;
  readonly room: string;
  readonly steps: ObserverStep[];
}

/** The key with which every text of a run begins. */
export const keyOfText = (text: string): string => text.slice(0, text.indexOf(" "));

export class RunHistory {
  readonly #readings: Reading[] = [];
  readonly #overheard: Reading[] = [];
  readonly #world: World;
  readonly #publishers: PublisherRecord[] = [];
  readonly #acknowledged = new Set<string>();
  readonly #asked = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  isAcknowledged(key: string): boolean {
    return this.#acknowledged.has(key);
  }

  /** What was asked for and never acknowledged. */
  get unacknowledged(): string[] {
    return [...this.#asked].filter((key) => !this.#acknowledged.has(key));
  }

  asked(room: string, nick: string, cid: string): string {
    const key = messageKey(nick, cid);
    this.#publishers.push({ kind: "asked", at: this.#world.clock.steps, room, key });
    this.#asked.add(key);
    this.#world.statistics.asked += 1;
    return key;
  }

  acknowledged(said: LoggedEntry & { room: string; epoch: string; duplicate: boolean }): void {
    const { statistics, clock, trace } = this.#world;
    this.#publishers.push({ kind: "acknowledged", at: clock.steps, ...said });
    this.#acknowledged.add(said.key);
    statistics.acknowledged += 1;
    if (said.duplicate) statistics.duplicates += 1;
    trace.note(`${said.key} is acknowledged at ${said.epoch} ${said.seq} ${said.duplicate}`);
  }

  reading(observer: string, room: string): Reading {
    const reading: Reading = { observer, room, steps: [] };
    this.#readings.push(reading);
    return reading;
  }

  /** What came over one connection, for as long as it lasted. */
  overhears(observer: string, room: string): Reading {
    const reading: Reading = { observer, room, steps: [] };
    this.#overheard.push(reading);
    return reading;
  }

  saw({ observer, room, steps }: Reading, step: ObserverStep): void {
    const { statistics, trace } = this.#world;
    steps.push(step);
    if (step.kind === "event") statistics.seen += 1;
    if (step.kind === "reset") statistics.resets += 1;
    trace.note(`${observer} in ${room}: ${JSON.stringify(step)}`);
  }

  record(): RunRecord {
    const completeTo = Number.POSITIVE_INFINITY;
    const readers = this.#readings.map((reading) => ({ ...reading, completeTo }));
    const observers = [...readers, ...this.#overheard];
    const logs = this.#world.plan.rooms.map((room) => this.#world.disk.record(room));
    return { publishers: this.#publishers, observers, logs };
  }
}
