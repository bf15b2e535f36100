// What one observer saw of one room: in ascending order (G2), nothing that the log lacks (G2), and
// without a silent gap (G4). Owns the observer's position, from which on everything is owed to it.

import { countUpTo, type KeyedEvidence, type Ledger } from "./ledger.ts";
import type { ObserverRecord, ObserverStep } from "./run-record.ts";
import type { Evidence } from "./violation.ts";

type Step<K extends ObserverStep["kind"]> = Extract<ObserverStep, { kind: K }>;

export function checkObserver(record: ObserverRecord, ledger: Ledger): void {
  const observation = new Observation(record, ledger);
  for (const [at, step] of record.steps.entries()) {
    if (step.kind === "joined") observation.joined(step, at);
    else if (step.kind === "event") observation.saw(step, at);
    else observation.reset();
  }
  if (record.completeTo !== undefined) observation.ended(record.completeTo);
}

class Observation {
  readonly #record: ObserverRecord;
  readonly #ledger: Ledger;
  /** The final log, the only one that is known whole: gaps are looked for in its epoch. */
  readonly #log: { readonly epoch: string; readonly seqs: readonly number[] };
  #epoch: string | null = null;
  /** The last event since the start or the last reset. */
  #last: KeyedEvidence | null = null;
  /** Everything behind this seq is owed; null until the next event or join tells. */
  #owedAfter: number | null = null;
  /** How many entries of the final log are accounted for; of use only while in its epoch. */
  #cursor = 0;
  /** The highest seq told in this epoch, resets or not. */
  #highest: Evidence | null = null;

  constructor(record: ObserverRecord, ledger: Ledger) {
    this.#record = record;
    this.#ledger = ledger;
    this.#log = ledger.room(record.room);
  }

  joined({ epoch, head, after }: Step<"joined">, at: number): void {
    if (epoch !== this.#epoch) {
      this.reset();
      this.#epoch = epoch;
      this.#highest = null;
    }
    const { observer, room } = this.#record;
    const said = { by: "observer", who: observer, at, room, epoch, seq: head, key: null } as const;
    if (this.#highest !== null && head < this.#highest.seq) {
      this.#ledger.report("head_went_back", [this.#highest, said]);
    }
    const { seqs } = this.#log;
    if (epoch === this.#log.epoch && head > (seqs.at(-1) ?? 0)) {
      this.#ledger.report("seen_but_not_logged", [said]);
    }
    this.#rise(said);
    if (this.#owedAfter === null) this.#startAfter(after ?? head);
  }

  saw({ seq, key }: Step<"event">, at: number): void {
    const { observer, room } = this.#record;
    const epoch = this.#epoch;
    if (epoch === null) throw new RangeError(`${observer} has an event of ${room} before joining`);
    const said: KeyedEvidence = { by: "observer", who: observer, at, room, epoch, seq, key };
    this.#ledger.testify(said);
    this.#checkLogged(said);
    const last = this.#last;
    if (last !== null && seq <= last.seq) {
      return this.#ledger.report("not_ascending", [last, said]);
    }
    // The first ones may come from history: they begin wherever the observer liked.
    const isOlder = last === null && (this.#owedAfter === null || seq <= this.#owedAfter);
    if (isOlder) this.#startAfter(seq);
    else this.#advance(said);
    this.#last = said;
    this.#rise(said);
  }

  reset(): void {
    this.#last = null;
    this.#owedAfter = null;
  }

  ended(completeTo: number): void {
    const isInLog = this.#epoch === this.#log.epoch;
    if (!isInLog) this.#cursor = 0;
    else if (this.#owedAfter === null) this.#startAfter(this.#highest?.seq ?? 0);
    const missing = countUpTo(this.#log.seqs, completeTo) - this.#cursor;
    if (missing <= 0) return;
    const last = this.#last ?? this.#highest;
    const { observer } = this.#record;
    const note = `${observer} lacks ${missing} from there on, up to ${completeTo}`;
    this.#ledger.report("incomplete", [this.#owed(), ...(last ? [last] : [])], note);
  }

  #startAfter(seq: number): void {
    this.#owedAfter = seq;
    this.#cursor = countUpTo(this.#log.seqs, seq);
  }

  /** Goes over what the log has up to this event: each entry is gone over once. */
  #advance(said: KeyedEvidence): void {
    if (said.epoch !== this.#log.epoch) return;
    const { seqs } = this.#log;
    const from = this.#cursor;
    const owed = (seqs[from] ?? Number.POSITIVE_INFINITY) < said.seq ? this.#owed() : null;
    while ((seqs[this.#cursor] ?? Number.POSITIVE_INFINITY) < said.seq) this.#cursor += 1;
    const missing = this.#cursor - from;
    if (owed !== null) this.#ledger.report("gap", [owed, said], `${missing} missing`);
    if (seqs[this.#cursor] === said.seq) this.#cursor += 1;
  }

  /** The next entry of the log that is not accounted for. */
  #owed(): Evidence {
    const { seqs, epoch } = this.#log;
    const seq = seqs[this.#cursor] as number;
    return this.#ledger.loggedAt(this.#record.room, epoch, seq) as KeyedEvidence;
  }

  /** A place where the log has another message has been reported by `testify`. */
  #checkLogged(said: KeyedEvidence): void {
    const { room, epoch, seq, key } = said;
    const ledger = this.#ledger;
    if (ledger.isLogged(room, key) || ledger.mayBeLost(room, epoch)) return;
    if (ledger.loggedAt(room, epoch, seq) === undefined) {
      ledger.report("seen_but_not_logged", [said]);
    }
  }

  #rise(said: Evidence): void {
    if (this.#highest === null || said.seq > this.#highest.seq) this.#highest = said;
  }
}
