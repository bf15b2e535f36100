// A slow member: the latency of a room with, and without, a member who never reads. The two are
// measured in turn, so that their ratio is of the same minutes.

import { defineBenchmark } from "../harness/benchmark.ts";
import { digits, fixed, grouped, ratio } from "../harness/numbers.ts";
import { names, real, type Values, whole } from "../harness/options.ts";
import { columnsOverAttempts, figuresOf, groupsOf, noteOf } from "../harness/outcome.ts";
import { inRounds, interleave } from "../harness/rounds.ts";
import { median } from "../harness/statistics.ts";
import { column, type Place, tableOf } from "../harness/table.ts";
import { measureLoad } from "../load/measure-load.ts";
import type { Figures, Measurement } from "../load/measurement.ts";
import type { Scenario } from "../load/scenario.ts";
import { nameOf } from "../servers/candidate-names.ts";
import { carriersOf, chooseCandidates, versionsOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";

const options = {
  candidates: names("as for fanout", "maru:0,maru:1"),
  members: whole("of the one room, ten of them talking", 1000, { min: 20 }),
  deliveries: whole("offered per second in all, open loop", 50_000, { min: 1 }),
  stalled: whole("members who never read, in every second run", 1, { min: 1 }),
  textBytes: whole(
    "of each message: the stalled member's backlog passes what the kernel holds within the warm-up, and one mebibyte within the measured window",
    6000,
    { min: 33 },
  ),
  rounds: whole("each with fresh servers", 3, { min: 1 }),
  seconds: real("of each run", 12, { min: 0.1 }),
  warmupSeconds: real("before each run", 2, { flag: "warmup" }),
};

/** The same but for the stalled members: first without, then with. */
function scenariosOf(values: Values<typeof options>): readonly [Scenario, Scenario] {
  const { members, deliveries, stalled, textBytes, seconds, warmupSeconds } = values;
  if (deliveries < members) throw new RangeError(`--deliveries must be a number ≥ ${members}`);
  const pace = { messagesPerSecond: Math.round(deliveries / members) };
  const shape = { rooms: 1, members, talkers: 10, stalled: 0, textBytes, pace };
  // Few messages, so many samples of each: prime, and no divisor of a room.
  const scenario = { ...shape, warmupSeconds, seconds, drainSeconds: 5, sampleEvery: 7 };
  return [scenario, { ...scenario, stalled }];
}

/** Rows are the rounds of one candidate with as many who never read. */
export function slowTable(measurements: readonly Measurement[], place: Place): string {
  const rows = groupsOf(measurements, ({ candidate }) => candidate).flatMap((ours) =>
    groupsOf(ours, ({ scenario }) => `${scenario.stalled}`),
  );
  const p99Of = (row: readonly Measurement[]) => median(figuresOf(row).map(({ p99Ms }) => p99Ms));
  const without = (row: readonly Measurement[]) =>
    p99Of(
      measurements.filter(
        ({ candidate, scenario }) => candidate === row[0]?.candidate && scenario.stalled === 0,
      ),
    );
  const { middle, most, total } = columnsOverAttempts<Figures>();
  const columns = [
    column("server", ([first]: readonly Measurement[]) => nameOf(first?.candidate ?? "")),
    column("members who never read", ([first]: readonly Measurement[]) =>
      grouped(first?.scenario.stalled ?? 0),
    ),
    middle("deliveries/s", ({ deliveriesPerSecond }) => deliveriesPerSecond, grouped, "terminal"),
    middle("p50 ms", ({ p50Ms }) => p50Ms, digits(2)),
    middle("p99 ms", ({ p99Ms }) => p99Ms, digits(2)),
    column("p99 ÷ without", (row: readonly Measurement[]) => ratio(p99Of(row), without(row))),
    most("max ms", ({ maxMs }) => maxMs, digits(2), "terminal"),
    total("stalled cut", (each) => each.stalledDisconnects, grouped, "terminal"),
    total("others cut", ({ disconnects }) => disconnects, grouped, "terminal"),
    total("missing", ({ missing }) => missing, grouped, "terminal"),
  ];
  return tableOf(columns, rows, place);
}

export const slow = defineBenchmark<typeof options, Measurement>({
  name: "slow",
  about: "what one member who never reads costs the others",
  answers: `What a member who never reads costs the others of a room: their latency with such a member, and
    without. Ends with 1 when a run failed.`,
  options,
  steps(values, run) {
    const { load, ...programs } = buildPrograms();
    const scenarios = scenariosOf(values);
    const present = chooseCandidates(values.candidates, { load, ...programs });
    const candidates = carriersOf(present, values.textBytes);
    run.versions = versionsOf(candidates);
    return inRounds(values.rounds, candidates, (candidate, round) =>
      interleave(scenarios, round).map((scenario) => ({
        what: `${candidate.name}, ${scenario.stalled} stalled`,
        measure: () => measureLoad({ candidate, scenario, round, load }),
        note: (row) => noteOf(row, ({ p99Ms }) => `p99 ${fixed(p99Ms, 2)} ms`),
      })),
    );
  },
  tables: (rows) => slowTable(rows, "terminal"),
  isSound: ({ outcome }) => "figures" in outcome,
});
