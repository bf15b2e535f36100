// Fan-out: every candidate, in every scenario, interleaved over the rounds.

import { defineBenchmark } from "../harness/benchmark.ts";
import { listOf, names, readWhole, real, toggle, type Values, whole } from "../harness/options.ts";
import { tableOf } from "../harness/table.ts";
import { loadSteps } from "../load/measure-load.ts";
import { isSound, type Measurement } from "../load/measurement.ts";
import { describeScenario, readShape, type Scenario } from "../load/scenario.ts";
import { loadColumns, summariseLoad } from "../load/summary.ts";
import { carriersOf, chooseCandidates, versionsOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";

const atLeast = (min: number) => (text: string, name: string) => readWhole(text, name, min);

const options = {
  candidates: names(
    "maru:WORKERS[:memory|os|fsync], coalescing, bun-serve, chapter, a peer's name, or all: whatever of them is installed",
    "maru:0,maru:1,maru:2,coalescing,bun-serve,chapter",
  ),
  rooms: listOf("ROOMSxMEMBERS:TALKERS", "1x100:10,1x1000:10,100x10:10", readShape),
  inflight: listOf("messages under way in all, closed loop", "64,256", atLeast(1), { quick: "64" }),
  rate: listOf("messages per second in all, open loop, instead of --inflight", "", atLeast(1)),
  textBytes: listOf("of each message", "64", atLeast(33)),
  rounds: whole("each with a fresh server", 3, { min: 1, quick: 1 }),
  seconds: real("of each run", 4, { min: 0.1, quick: 1 }),
  warmupSeconds: real("before each run", 1, { flag: "warmup", quick: 0.5 }),
  sampleEvery: whole("latency of one in N deliveries", 61, { flag: "sample", min: 1 }),
  sampleListeners: {
    ...toggle("latency of deliveries to members who don't talk alone, where there are any"),
    flag: "listeners",
  },
  quick: toggle("one short round with 64 in flight"),
};

/** Lists multiply. */
export function scenariosOf(values: Values<typeof options>): Scenario[] {
  const { rooms, textBytes: bytes, inflight, rate, ...each } = values;
  const { warmupSeconds, seconds, sampleEvery, sampleListeners } = each;
  const timing = { warmupSeconds, seconds, drainSeconds: 5, sampleEvery, sampleListeners };
  const paces: readonly Scenario["pace"][] =
    rate.length > 0
      ? rate.map((messagesPerSecond) => ({ messagesPerSecond }))
      : inflight.map((count) => ({ inflight: count }));
  return rooms.flatMap((shape) =>
    bytes.flatMap((textBytes) =>
      paces.map((pace) => ({ ...shape, stalled: 0, textBytes, ...timing, pace })),
    ),
  );
}

export const fanout = defineBenchmark<typeof options, Measurement>({
  name: "fanout",
  about: "deliveries per second, CPU per delivery and latency, against every peer",
  answers: `How many deliveries a second a server makes, what each of them takes of its processor time, and how
    long they take, in rooms of each shape, beside the servers that others would use for it. Ends with
    1 when a measurement failed or had faults.`,
  options,
  steps(values, run) {
    const programs = buildPrograms();
    const candidates = chooseCandidates(values.candidates, programs);
    run.versions = versionsOf(candidates);
    return scenariosOf(values).flatMap((scenario) =>
      loadSteps({
        scenario,
        candidates: carriersOf(candidates, scenario.textBytes),
        rounds: values.rounds,
        load: programs.load,
        group: describeScenario(scenario),
      }),
    );
  },
  tables(rows) {
    const summary = summariseLoad(rows);
    return tableOf(loadColumns(summary), [...summary.rows, ...summary.failed], "terminal");
  },
  isSound,
});
