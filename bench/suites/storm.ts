// A storm: thousands of connections at once, from the first dial until all are in.

import { defineBenchmark } from "../harness/benchmark.ts";
import { digits, fixed, grouped } from "../harness/numbers.ts";
import { listOf, names, readWhole, real, toggle, whole } from "../harness/options.ts";
import {
  type Attempt,
  columnsOverAttempts,
  type Faults,
  faultsIn,
  groupsOf,
  noteOf,
} from "../harness/outcome.ts";
import { inRounds } from "../harness/rounds.ts";
import { type Column, column, tableOf } from "../harness/table.ts";
import { type GeneratorTarget, type OnMark, playGenerator } from "../load/generator.ts";
import { observeServer, type ServerUse } from "../load/observe-server.ts";
import { nameOf } from "../servers/candidate-names.ts";
import { chooseCandidates, versionsOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";

/** What the generator found; see load/c/storm.c. */
export interface StormReport {
  readonly connections: number;
  /** Still in, a moment after the last one came. */
  readonly held: number;
  /** From the first dial until all, and until half of them, were in their rooms. */
  readonly seconds: number;
  readonly halfSeconds: number;
  /**
   * Until it was in its room, waits between two tries included: from the first dial of each, or, with
   * all at once, from the beginning of the storm.
   */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly attempts: number;
  /** Attempts beyond the first of each. */
  readonly retries: number;
  /** Told so by the server, and `refusal` is its code for the first. */
  readonly refused: number;
  readonly refusal: string;
  /** Ended without a word, or not even dialled. */
  readonly failed: number;
  /** After they were in. */
  readonly disconnects: number;
  readonly closes: number;
  readonly malformed: number;
  readonly generatorCpuSeconds: number;
}

export type StormFigures = StormReport & ServerUse;

export interface StormMeasurement extends Attempt<StormFigures> {
  /** At most so many dialled and not yet in; 0 = all at once. */
  readonly underWay: number;
}

export interface Storm {
  readonly connections: number;
  readonly rooms: number;
  readonly underWay: number;
  readonly seed: number;
  /** After it, who is not in stays out. */
  readonly limitSeconds: number;
}

export function playStorm(target: GeneratorTarget, storm: Storm, onMark: OnMark = () => {}) {
  const flags = {
    storm: storm.connections,
    rooms: storm.rooms,
    "under-way": storm.underWay,
    seed: storm.seed,
    seconds: storm.limitSeconds,
  };
  return playGenerator<StormReport>(target, flags, onMark);
}

/** Everything that must not happen; to be refused and come again may. */
const faultsOf = ({ connections, held, disconnects, closes, malformed }: StormFigures): Faults => ({
  "not in": connections - held,
  disconnects,
  closes,
  malformed,
});

/** Whether all came in, stayed, and read nothing but what the protocol allows. */
export const isSound = (measurement: StormMeasurement): boolean =>
  faultsIn([measurement], faultsOf) === "none";

/** The rounds of one candidate with as many under way. */
export type StormRounds = readonly StormMeasurement[];

export const stormRows = (measurements: StormRounds): StormRounds[] =>
  groupsOf(measurements, ({ underWay, candidate }) => `${underWay} ${candidate}`);

const { middle, least } = columnsOverAttempts<StormFigures>();

export const stormColumns: readonly Column<StormRounds>[] = [
  column("server", ([first]) => nameOf(first?.candidate ?? "")),
  column("under way at once", ([first]) =>
    first?.underWay === 0 ? "all" : grouped(first?.underWay ?? 0),
  ),
  middle("connections", ({ connections }) => connections),
  least("in", ({ held }) => held, grouped, "terminal"),
  middle("in all, s", ({ seconds }) => seconds, digits(2)),
  middle("half, s", ({ halfSeconds }) => halfSeconds, digits(2), "terminal"),
  middle("connections/s", ({ connections, seconds }) => connections / seconds),
  middle(
    "CPU µs each",
    ({ serverCpuSeconds, connections }) => (serverCpuSeconds * 1e6) / connections,
    digits(0),
  ),
  middle("p50 ms", ({ p50Ms }) => p50Ms, digits(1), "terminal"),
  middle("p99 ms", ({ p99Ms }) => p99Ms, digits(0)),
  middle("max ms", ({ maxMs }) => maxMs, digits(1), "terminal"),
  middle("tries again", ({ retries }) => retries),
  middle("refused", ({ refused }) => refused, grouped, "terminal"),
  middle("failed", ({ failed }) => failed, grouped, "terminal"),
  middle("MB before", (each) => each.memoryBefore.residentBytes / 1e6, digits(1), "terminal"),
  middle("MB with them", (each) => each.memoryThen.residentBytes / 1e6, digits(1), "terminal"),
  middle("generator", (of) => of.generatorCpuSeconds / of.seconds, digits(2), "terminal"),
  column("faults", (rounds) => faultsIn(rounds, faultsOf), "terminal"),
];

const options = {
  candidates: names(
    "maru:WORKERS[:DURABILITY], a peer's name, or all",
    "maru:0,maru:1,bun-serve,coalescing",
  ),
  connections: whole("that all want in", 10_000, { min: 1, quick: 1_000 }),
  rooms: whole("spread them over so many rooms", 100, { min: 1 }),
  underWay: listOf(
    "dialled and not yet in, at most; all = the whole crowd at once",
    "400,all",
    (text, name) => (text === "all" ? 0 : readWhole(text, name, 1)),
  ),
  limitSeconds: real("seconds after which who is not in stays out", 60, { flag: "limit", min: 1 }),
  rounds: whole("each with a fresh server", 3, { min: 1, quick: 1 }),
  seed: whole("of the waits between two tries", 1),
  quick: toggle("one round with 1000 connections"),
};

export const storm = defineBenchmark<typeof options, StormMeasurement>({
  name: "storm",
  about: "thousands of connections at once, until all are in their rooms",
  answers: `How long it takes until thousands who come at once are in their rooms, and what each costs the
    server. Ends with 1 when one of them stayed out.`,
  options,
  steps({ underWay: kinds, rounds, seed, ...crowd }, run) {
    const programs = buildPrograms();
    const candidates = chooseCandidates(crowd.candidates, programs);
    run.versions = versionsOf(candidates);
    const { connections, rooms, limitSeconds } = crowd;
    return kinds.flatMap((underWay) => {
      const how = underWay === 0 ? "all at once" : `${grouped(underWay)} under way`;
      const group = `${grouped(connections)} connections into ${grouped(rooms)} rooms, ${how}`;
      return inRounds(rounds, candidates, (candidate, round) => ({
        group,
        what: `${group}, ${candidate.name}`,
        async measure() {
          const wave = { connections, rooms, underWay, seed: seed + round, limitSeconds };
          const { load } = programs;
          const attempt = await observeServer({ candidate, round, load }, (target, onMark) =>
            playStorm(target, wave, onMark),
          );
          return { ...attempt, underWay };
        },
        note: (measurement) => noteOf(measurement, outcomeLine),
      }));
    });
  },
  tables: (rows) => tableOf(stormColumns, stormRows(rows), "terminal"),
  isSound,
});

function outcomeLine({ held, seconds, retries, refusal }: StormFigures): string {
  const why = refusal === "" ? "" : ` (${refusal})`;
  return `${grouped(held)} in after ${fixed(seconds, 2)} s, ${grouped(retries)} retries${why}`;
}
