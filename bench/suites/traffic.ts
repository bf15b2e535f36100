// Traffic: people in rooms of all sizes, bursts, long texts, moves; made up from a seed, and played
// to every candidate.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SeededRandom } from "@maru/testkit";
import { defineBenchmark } from "../harness/benchmark.ts";
import { digits, fixed, grouped } from "../harness/numbers.ts";
import { names, real, toggle, type Values, whole } from "../harness/options.ts";
import {
  type Attempt,
  columnsOverAttempts,
  type Faults,
  faultsIn,
  groupsOf,
  noteOf,
} from "../harness/outcome.ts";
import { createScratchDir } from "../harness/places.ts";
import { inRounds } from "../harness/rounds.ts";
import { type Column, column, tableOf } from "../harness/table.ts";
import {
  type GeneratorTarget,
  type OnMark,
  type PlayReport,
  playGenerator,
} from "../load/generator.ts";
import { faultCounts } from "../load/measurement.ts";
import { observeServer, type ServerUse } from "../load/observe-server.ts";
import { nameOf } from "../servers/candidate-names.ts";
import { carriersOf, chooseCandidates, versionsOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";
import { type TrafficPlan, textBytesMin, textKinds } from "./traffic/plan.ts";
import { scheduleOf, scriptOf } from "./traffic/schedule.ts";

/** What the generator found beside what every play reports. */
export interface TrafficReport extends PlayReport {
  /** In the measured window, as are all but the last two: messages whose time came. */
  readonly due: number;
  /** The people present when a message was said, added up. */
  readonly expected: number;
  readonly moves: number;
  readonly movesDone: number;
  /** Actions that waited until their person was in. */
  readonly held: number;
  /** From when a move was due until the new room was joined. */
  readonly moveP50Ms: number;
  readonly moveP99Ms: number;
  readonly moveMaxMs: number;
  readonly unmoved: number;
  readonly unsaid: number;
}

export type TrafficFigures = TrafficReport & ServerUse;

export interface TrafficMeasurement extends Attempt<TrafficFigures> {
  readonly seed: number;
}

export interface Play {
  /** Path of the script. */
  readonly script: string;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly drainSeconds: number;
}

export function playTraffic(target: GeneratorTarget, play: Play, onMark: OnMark = () => {}) {
  const { script, warmupSeconds: warmup, seconds, drainSeconds: drain } = play;
  const flags = { script, warmup, seconds, drain, sample: 1 };
  return playGenerator<TrafficReport>(target, flags, onMark);
}

const faultsOf = (of: TrafficFigures): Faults => ({
  ...faultCounts(of),
  unmoved: of.unmoved,
  unsaid: of.unsaid,
});

/** The rounds of one candidate. */
export type TrafficRounds = readonly TrafficMeasurement[];

export const trafficRows = (measurements: TrafficRounds): TrafficRounds[] =>
  groupsOf(measurements, ({ candidate }) => candidate);

const { middle } = columnsOverAttempts<TrafficFigures>();

export const trafficColumns: readonly Column<TrafficRounds>[] = [
  column("server", ([first]) => nameOf(first?.candidate ?? "")),
  middle("messages/s due", (of) => of.due / of.seconds, grouped, "terminal"),
  middle("messages/s", (of) => of.messages / of.seconds),
  middle("deliveries/s due", (of) => of.expected / of.seconds, grouped, "terminal"),
  middle("deliveries/s", (of) => of.deliveries / of.seconds),
  middle("missing", (of) => of.missing),
  middle("p50 ms", ({ p50Ms }) => p50Ms, digits(2)),
  middle("p99 ms", ({ p99Ms }) => p99Ms, digits(2)),
  middle("p99.9 ms", ({ p999Ms }) => p999Ms, digits(2), "terminal"),
  middle("max ms", ({ maxMs }) => maxMs, digits(1), "terminal"),
  middle("moves/s", (of) => of.movesDone / of.seconds, digits(1), "terminal"),
  middle("a move, p99 ms", ({ moveP99Ms }) => moveP99Ms, digits(1)),
  middle("server cores", (of) => of.serverCpuSeconds / of.seconds, digits(2), "terminal"),
  middle("CPU µs/delivery", (of) => (of.serverCpuSeconds * 1e6) / of.deliveries, digits(2)),
  middle("MB", ({ memoryThen }) => memoryThen.residentBytes / 1e6, digits(0)),
  middle("generator", (of) => of.generatorCpuSeconds / of.seconds, digits(2), "terminal"),
  column("faults", (rounds) => faultsIn(rounds, faultsOf), "terminal"),
];

const options = {
  candidates: names(
    "maru:WORKERS[:DURABILITY], a peer's name, or all",
    "maru:1,maru:1:fsync,bun-serve,coalescing",
  ),
  rooms: whole("that there are", 1000, { min: 1, quick: 100 }),
  people: whole("a connection each, in one room at a time", 5000, { min: 1, quick: 500 }),
  zipfExponent: real("exponent of the room sizes; 0 = all alike", 1, { flag: "zipf" }),
  rate: real("messages per second of one person", 0.05, { min: 1e-6 }),
  moveRate: real("to another room, per second of one person", 0.005, { flag: "moves" }),
  calmSeconds: real("seconds until the next room gets excited, on the average; 0 = none", 4, {
    flag: "calm",
  }),
  textBytesMax: whole("longer texts are cut", 8192, { min: textBytesMin }),
  seed: whole("of the first round; each further one has the next", 1),
  rounds: whole("each with another script", 3, { min: 1, quick: 1 }),
  seconds: real("of each run", 15, { min: 0.1, quick: 3 }),
  warmupSeconds: real("before each run", 2, { flag: "warmup", quick: 0.5 }),
  quick: toggle("one round of 3 s with 500 people in 100 rooms"),
};

/** What is recorded of the options; those of older results stand one level deeper. */
export type TrafficOptions = Values<typeof options>;

const drainSeconds = 10;
const longestText = Math.max(...textKinds.map(({ bytes }) => bytes[1]));

export const traffic = defineBenchmark<typeof options, TrafficMeasurement>({
  name: "traffic",
  about: "mixed traffic: rooms of all sizes, bursts, long texts, people who come and go",
  answers: `What a server takes for traffic as people make it: rooms of all sizes, some of them excited, texts
    of all lengths, moves between rooms. Ends with 1 when anything was lost, doubled or out of order.`,
  options,
  steps(plan, run) {
    const programs = buildPrograms();
    const wanted = chooseCandidates(plan.candidates, programs);
    const candidates = carriersOf(wanted, Math.min(longestText, plan.textBytesMax));
    run.versions = versionsOf(candidates);
    const scratch = createScratchDir();
    run.defer(scratch.remove);
    return inRounds(plan.rounds, candidates, (candidate, round) => ({
      what: `${describe(plan)}, ${candidate.name}`,
      async measure() {
        const seed = plan.seed + round;
        const script = join(scratch.path, "script");
        // The same seed makes the same script: each candidate of a round gets the very same.
        writeFileSync(script, scriptOf(scheduleOf(plan, new SeededRandom(seed)), plan.rooms));
        const play = { ...plan, script, drainSeconds };
        const attempt = await observeServer(
          { candidate, round, load: programs.load },
          (target, onMark) => playTraffic(target, play, onMark),
        );
        return { ...attempt, seed };
      },
      note: (measurement) => noteOf(measurement, outcomeLine),
    }));
  },
  tables: (rows, plan) =>
    `${describe(plan)}\n${tableOf(trafficColumns, trafficRows(rows), "terminal")}`,
  isSound: (measurement) => faultsIn([measurement], faultsOf) === "none",
});

function describe({ people, rooms, rate, moveRate }: TrafficPlan): string {
  return `${grouped(people)} people in ${grouped(rooms)} rooms, ${fixed(people * rate, 1)} messages/s and ${fixed(people * moveRate, 1)} moves/s when calm`;
}

const outcomeLine = ({ deliveries, seconds, p99Ms }: TrafficFigures): string =>
  `${grouped(deliveries / seconds)} deliveries/s, p99 ${fixed(p99Ms, 2)} ms`;
