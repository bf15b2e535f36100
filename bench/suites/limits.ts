// The limits: for each shape of load and each server the last rate that held, what gave out there,
// and what the machine that they share can do at best.

import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { names, real, someOf, text, toggle, type Values, whole } from "../harness/options.ts";
import type { Step } from "../harness/rounds.ts";
import { type Column, column, paragraphs, tableOf } from "../harness/table.ts";
import {
  bestColumns,
  bestRows,
  type MachineBest,
  measureMachineBest,
} from "../load/machine-best.ts";
import type { NamedCandidate } from "../servers/candidate.ts";
import { nameOf } from "../servers/candidate-names.ts";
import { candidateOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";
import {
  findLimit,
  type Limit,
  probeRate,
  type RateProbe,
  type Shape,
  whatGaveOut,
} from "./limits/find-limit.ts";

interface LimitShape {
  readonly about: string;
  readonly shape: Shape;
  /** Where a search begins, in messages per second: well below what anything here carries. */
  readonly from: number;
  /** With durability `fsync`; only Maru keeps anything. */
  readonly isKept?: boolean;
}

const shapeOf = (rooms: number, members: number): Shape => ({
  rooms,
  members,
  talkers: Math.min(members, 10),
});

const shapes = {
  "room-100": { about: "one room of 100", shape: shapeOf(1, 100), from: 2_000 },
  "rooms-of-10": { about: "100 rooms of 10", shape: shapeOf(100, 10), from: 2_000 },
  "people-10000": { about: "100 rooms of 100", shape: shapeOf(100, 100), from: 500 },
  "people-10000-fsync": {
    about: "100 rooms of 100, fsync",
    shape: shapeOf(100, 100),
    from: 500,
    isKept: true,
  },
  two: { about: "two people", shape: shapeOf(1, 2), from: 4_000 },
} satisfies Record<string, LimitShape>;

type ShapeName = keyof typeof shapes;
const shapeNames = Object.keys(shapes) as ShapeName[];

export interface LimitMeasurement extends Limit<RateProbe> {
  readonly shape: ShapeName;
  readonly about: string;
  readonly candidate: string;
  readonly gaveOut: string;
  /** All rates that were tried. */
  readonly probes: readonly RateProbe[];
}

type Row = LimitMeasurement | { readonly best: MachineBest };

/** In the order in which they were measured; results of `--machine` alone have none. */
export const limitsIn = (rows: readonly unknown[]): LimitMeasurement[] =>
  (rows as readonly Row[]).filter((row): row is LimitMeasurement => "probes" in row);

export function bestIn(rows: readonly unknown[]): MachineBest | undefined {
  return (rows as readonly Row[]).flatMap((row) => ("best" in row ? [row.best] : []))[0];
}

export const limitColumns: readonly Column<LimitMeasurement>[] = [
  column("the last rate that held", ({ about, candidate }) => `${about}: ${nameOf(candidate)}`),
  column("messages/s", ({ last }) => grouped(last?.rate ?? Number.NaN)),
  column("deliveries/s", ({ last }) => grouped(last?.figures?.deliveriesPerSecond ?? Number.NaN)),
  column("p50 ms", ({ last }) => fixed(last?.figures?.p50Ms, 2)),
  column("p99 ms", ({ last }) => fixed(last?.figures?.p99Ms, 2)),
  column("server, cores", ({ last }) => fixed(last?.figures?.serverShare, 2)),
  column("generator, cores", ({ last }) => fixed(last?.figures?.generatorShare, 2)),
  column("what gave out", ({ gaveOut }) => gaveOut),
  column("beyond it", ({ broken }) => broken?.why ?? "–"),
];

const options = {
  shapes: someOf(`${shapeNames.join(", ")} (default all)`, shapeNames),
  candidates: names("beside maru:WORKERS; not with fsync", "bun-serve,coalescing", { quick: "" }),
  workers: text("threads that own sockets", "0"),
  seconds: real(
    "of each rate, after 0.4 s of warm-up; the rate that was found is confirmed by a run of four times as long",
    1,
    { min: 0.1, quick: 0.4 },
  ),
  halvings: whole("between the last that held and the first that did not", 3, { quick: 1 }),
  quick: toggle("Maru alone, short, one halving"),
  machine: toggle("only what the machine can do at best"),
};

type LimitsOptions = Values<typeof options>;

const rateMax = 8_000_000;
/** So many times as long as the others is the run that confirms what was found. */
const confirmLengths = 4;

export const limits = defineBenchmark<typeof options, Row>({
  name: "limits",
  about: "the last rate that holds, what gave out there, and what the machine can do at best",
  answers: `Which rate is the last that a server holds: raises the rate of an open loop until p99 passes 100 ms
    or the deliveries fall behind, and tells what gave out. Then what the machine can do at best. About
    8 minutes, --quick 2. Ends with 1 when not even the first rate of a search held.`,
  options,
  steps(values) {
    const programs = buildPrograms();
    const searches = values.machine ? [] : values.shapes;
    return [
      ...searches.flatMap((name) =>
        candidatesOf(shapes[name], values).map((candidate) =>
          searchStep(name, candidateOf(candidate, programs), values, programs.load),
        ),
      ),
      {
        what: "the machine at best",
        measure: async () => ({ best: await measureMachineBest() }),
      },
    ];
  },
  tables(rows) {
    const best = bestIn(rows);
    const found = limitsIn(rows);
    return paragraphs(
      found.length === 0 ? "" : tableOf(limitColumns, found, "terminal"),
      best === undefined ? "" : tableOf(bestColumns, bestRows(best), "terminal"),
    );
  },
  isSound: (row) => "best" in row || row.last !== null,
});

function candidatesOf({ isKept = false }: LimitShape, { candidates, workers }: LimitsOptions) {
  return isKept ? [`maru:${workers}:fsync`] : [`maru:${workers}`, ...candidates];
}

function searchStep(
  name: ShapeName,
  candidate: NamedCandidate,
  { seconds, halvings }: LimitsOptions,
  load: string,
): Step<Row> {
  const { about, shape, from } = shapes[name];
  return {
    what: `${about}, ${candidate.name}`,
    async measure() {
      const probes: RateProbe[] = [];
      const probing = (lengths: number) => async (rate: number) => {
        const probe = await probeRate({ candidate, shape, seconds: seconds * lengths, load }, rate);
        probes.push(probe);
        return probe;
      };
      const search = { from, rateMax, halvings };
      const limit = await findLimit(search, probing(1), probing(confirmLengths));
      const gaveOut = limit.broken === null ? "nothing" : whatGaveOut(limit.broken);
      return { shape: name, about, candidate: candidate.name, ...limit, gaveOut, probes };
    },
    note: (row) => ("best" in row ? "" : `${grouped(row.last?.rate ?? 0)} messages/s`),
  };
}
