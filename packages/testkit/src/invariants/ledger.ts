// What is known of each place in each room, gathered from all records: the final log first, then
// acknowledgements and observers. Owns the indexes by seq and by key, and the violations found; each
// record is one look-up in either index, so a run is checked in time linear in its records.

import type { RoomLogRecord } from "./run-record.ts";
import { createViolation, type Evidence, type Violation, type ViolationCode } from "./violation.ts";

/** Evidence that names the message. */
export type KeyedEvidence = Evidence & { readonly key: string };

export interface EpochLedger {
  readonly bySeq: Map<number, KeyedEvidence>;
  readonly byKey: Map<string, KeyedEvidence>;
}

interface RoomLedger {
  /** The epoch of the final log. */
  readonly epoch: string;
  readonly epochs: Map<string, EpochLedger>;
  /** Seqs of the final log, strictly ascending. */
  readonly seqs: number[];
}

export class Ledger {
  readonly violations: Violation[] = [];
  readonly #mayLose: boolean;
  readonly #rooms = new Map<string, RoomLedger>();
  /** Who first told of a key; the log, where it has it. */
  readonly #firstByKey = new Map<string, KeyedEvidence>();

  constructor(logs: readonly RoomLogRecord[], mayLose: boolean) {
    this.#mayLose = mayLose;
    for (const log of logs) this.#read(log);
  }

  /** Throws for a room that was never read back: nothing could be held against it. */
  room(name: string): RoomLedger {
    const room = this.#rooms.get(name);
    if (room === undefined) throw new RangeError(`the run has no final log of room "${name}"`);
    return room;
  }

  /** Made when it is first named. */
  epoch(roomName: string, epoch: string): EpochLedger {
    const { epochs } = this.room(roomName);
    let ledger = epochs.get(epoch);
    if (ledger === undefined) {
      ledger = { bySeq: new Map(), byKey: new Map() };
      epochs.set(epoch, ledger);
    }
    return ledger;
  }

  /** What the final log has at a place; undefined in any other epoch than its own. */
  loggedAt(room: string, epoch: string, seq: number): KeyedEvidence | undefined {
    const found = this.epoch(room, epoch).bySeq.get(seq);
    return found?.by === "log" ? found : undefined;
  }

  isLogged(room: string, key: string): boolean {
    const found = this.#firstByKey.get(key);
    return found?.by === "log" && found.room === room;
  }

  /** Losing it is legal: the durability allows it, and a new epoch tells every client. */
  mayBeLost(room: string, epoch: string): boolean {
    return this.#mayLose && epoch !== this.room(room).epoch;
  }

  /** Whether an epoch left out is the final one: always, unless what the room had before may be lost. */
  isEpochKnown(room: string): boolean {
    return !this.#mayLose || this.room(room).epochs.size === 1;
  }

  /** The place of a message: where the final log has it, or the first observer saw it. */
  placeOf(key: string): KeyedEvidence | undefined {
    return this.#firstByKey.get(key);
  }

  report(code: ViolationCode, evidence: readonly Evidence[], note?: string): void {
    this.violations.push(createViolation(code, evidence, note));
  }

  /** Holds a record against the earlier ones: one seq, one message; one message, one seq. */
  testify(said: KeyedEvidence): void {
    const { bySeq, byKey } = this.epoch(said.room, said.epoch);
    const atSeq = getOrPut(bySeq, said.seq, said);
    if (atSeq.key !== said.key) this.report("two_messages_at_one_seq", [atSeq, said]);
    const ofKey = getOrPut(byKey, said.key, said);
    const first = getOrPut(this.#firstByKey, said.key, said);
    if (ofKey.seq !== said.seq) this.report("two_seqs_for_one_message", [ofKey, said]);
    else if (this.#isElsewhere(first, said)) {
      this.report("two_seqs_for_one_message", [first, said]);
    }
  }

  /** A message that was lost with its epoch may be stored anew; otherwise its seq stays. */
  #isElsewhere(first: KeyedEvidence, { room, epoch, seq }: KeyedEvidence): boolean {
    if (first.room !== room) return true;
    return first.epoch !== epoch && first.seq !== seq && !this.#mayLose;
  }

  #read({ room, epoch, entries }: RoomLogRecord): void {
    if (this.#rooms.has(room)) throw new RangeError(`the run has two final logs of room "${room}"`);
    const seqs: number[] = [];
    this.#rooms.set(room, { epoch, epochs: new Map(), seqs });
    this.epoch(room, epoch);
    let last: KeyedEvidence | null = null;
    for (const [at, { seq, key }] of entries.entries()) {
      const said = { by: "log", who: "the final log", at, room, epoch, seq, key } as const;
      const isRepeated =
        last !== null && (seq < last.seq || (seq === last.seq && key === last.key));
      if (last !== null && isRepeated) this.report("not_ascending", [last, said]);
      this.testify(said);
      if (last !== null && seq <= last.seq) continue;
      seqs.push(seq);
      last = said;
    }
  }
}

function getOrPut<K, V>(map: Map<K, V>, key: K, value: V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  map.set(key, value);
  return value;
}

/** How many of the seqs, which ascend, are at most `seq`. */
export function countUpTo(seqs: readonly number[], seq: number): number {
  let [low, high] = [0, seqs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] as number) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
