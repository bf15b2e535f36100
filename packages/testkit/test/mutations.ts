// Ways to spoil the record of a correct run so that it breaks a promise for certain. Each changes the
// run that it is given, and answers false when the run has nothing that it could spoil.

import type { Acknowledged, ObserverStep, RunRecord, SeededRandom } from "../src/mod.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };
export type MutableRun = Mutable<RunRecord>;
type Event = Mutable<Extract<ObserverStep, { kind: "event" }>>;
type Place = { readonly steps: Mutable<ObserverStep>[]; readonly at: number; readonly step: Event };
type Mutation = (run: MutableRun, random: SeededRandom) => boolean;

const acknowledgements = (run: MutableRun): Mutable<Acknowledged>[] =>
  run.publishers.filter((record) => record.kind === "acknowledged");

const entriesOf = (run: MutableRun) =>
  run.logs.flatMap(({ entries }) => entries.map((entry, at) => ({ entries, entry, at })));

const eventsOf = (run: MutableRun): Place[] =>
  run.observers.flatMap(({ steps }) =>
    steps.flatMap((step, at) => (step.kind === "event" ? [{ steps, at, step }] : [])),
  );

/** Spoils one of the things found, if there is any. */
const oneOf =
  <T>(find: (run: MutableRun) => T[], spoil: (found: T, random: SeededRandom) => void): Mutation =>
  (run, random) => {
    const found = find(run);
    if (found.length > 0) spoil(random.pick(found), random);
    return found.length > 0;
  };

/** No observer is owed what was behind the last event before a reset. */
const isOwed = ({ steps, at }: Place): boolean =>
  steps.slice(at + 1).find(({ kind }) => kind !== "joined")?.kind !== "reset";

const offByOne = (of: { seq: number }, random: SeededRandom) => {
  of.seq += random.pick([-1, 1]);
};

export const mutations: Readonly<Record<string, Mutation>> = {
  "an entry of the log is dropped": oneOf(entriesOf, ({ entries, at }) => entries.splice(at, 1)),
  "two entries of the log are swapped": oneOf(
    (run) => entriesOf(run).filter(({ at }) => at > 0),
    ({ entries, entry, at }) => {
      const before = entries[at - 1] as typeof entry;
      [entry.key, before.key] = [before.key, entry.key];
    },
  ),
  "an entry of the log is stored twice": oneOf(entriesOf, ({ entries, entry }) => {
    entries.push({ key: entry.key, seq: (entries.at(-1)?.seq ?? 0) + 1 });
  }),
  "an entry of the log has a seq off by one": oneOf(entriesOf, ({ entry }, random) =>
    offByOne(entry, random),
  ),
  "an acknowledgement has a seq off by one": oneOf(acknowledgements, offByOne),
  "an acknowledged message is not stored": oneOf(
    (run) => [run],
    ({ publishers, logs }) => {
      const at = (publishers.at(-1)?.at ?? 0) + 1;
      const [{ room }] = logs as [(typeof logs)[number]];
      publishers.push({ kind: "asked", at, room, key: "none/0" });
      publishers.push({ kind: "acknowledged", at: at + 1, room, key: "none/0", seq: 1e6 });
    },
  ),
  "an event is dropped": oneOf(
    (run) => eventsOf(run).filter(isOwed),
    ({ steps, at }) => steps.splice(at, 1),
  ),
  "an event is delivered twice": oneOf(eventsOf, ({ steps, at, step }) =>
    steps.splice(at, 0, { ...step }),
  ),
  "two events are swapped": oneOf(
    (run) => eventsOf(run).filter(({ steps, at }) => steps[at - 1]?.kind === "event"),
    ({ steps, at, step }) => steps.splice(at - 1, 2, step, steps[at - 1] as Event),
  ),
  "an event has a seq off by one": oneOf(eventsOf, ({ step }, random) => offByOne(step, random)),
  "an event shows another message": oneOf(eventsOf, ({ step }) => {
    step.key = "none/1";
  }),
  "a head is beyond the log": oneOf(
    (run) => run.observers.flatMap(({ steps }) => steps.filter(({ kind }) => kind === "joined")),
    (step) => Object.assign(step, { head: 1e6 }),
  ),
  "two messages change places everywhere, against the order of time": (run, random) => {
    const [one, other] = pickOrdered(run, random);
    if (one === undefined || other === undefined) return false;
    const keys = new Map([
      [one.key, other.key],
      [other.key, one.key],
    ]);
    const seqs = new Map([
      [one.key, other.seq],
      [other.key, one.seq],
    ]);
    for (const { entry } of entriesOf(run)) entry.key = keys.get(entry.key) ?? entry.key;
    for (const { step } of eventsOf(run)) step.key = keys.get(step.key) ?? step.key;
    for (const record of acknowledgements(run)) record.seq = seqs.get(record.key) ?? record.seq;
    return true;
  },
};

/** Two acknowledged messages of a room, the second asked for after the first was acknowledged. */
function pickOrdered(run: MutableRun, random: SeededRandom): Mutable<Acknowledged>[] {
  const acks = acknowledgements(run);
  if (acks.length === 0) return [];
  const one = random.pick(acks);
  const laterKeys = new Set(
    run.publishers
      .filter(({ kind, at, room }) => kind === "asked" && at > one.at && room === one.room)
      .map(({ key }) => key),
  );
  const other = acks.find(({ key }) => laterKeys.has(key));
  return other === undefined ? [] : [one, other];
}
