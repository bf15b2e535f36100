// Two shards against one, where the load generator has a core to itself and the rate is given: what
// the server then needs for a delivery tells what more cores would carry. A projection: with two
// cores, one of them the generator's, two shards can't be seen to run beside each other.

import type { Bar } from "../../harness/bar.ts";
import { interleave } from "../../harness/interleave.ts";
import { canPin, coresOf, pinProcess } from "../../harness/pin-process.ts";
import type { RunningServer } from "../../harness/start-server.ts";
import { requireOffered, requireSound } from "../../load/load-faults.ts";
import { outcomeLine } from "../../load/load-rounds.ts";
import { type Figures, type Measurement, measure } from "../../load/measure-load.ts";
import { candidateOf } from "../../servers/candidate.ts";
import { scenarioOf } from "./fanout-rows.ts";
import { pairedRatio } from "./judge.ts";
import type { BarRow, BarStage } from "./row.ts";

/** About a quarter of what one shard carries. */
const loads = {
  "room of 100": { rooms: 1, members: 100, talkers: 10, pace: { messagesPerSecond: 20_000 } },
  "100 rooms of 10": { rooms: 100, members: 10, talkers: 10, pace: { messagesPerSecond: 8_000 } },
};
const [one, two] = ["maru:1", "maru:2"];
const timesMin = 1.6;

export const shardsRow: BarRow = {
  about: "two shards against one, by what a delivery takes",
  steps: ({ rounds }) => rounds * 4,
  async measure(stage) {
    const cores = coresOf(process.pid);
    if (!canPin() || cores.length < 2) throw new Error("it takes two cores, and taskset");
    const [last = 0, others] = [cores.at(-1), cores.slice(0, -1)];
    try {
      pinProcess(process.pid, [last]);
      const bars: Bar[] = [];
      for (const load of Object.keys(loads) as (keyof typeof loads)[]) {
        bars.push(...barsOf(load, await measureLoad(stage, load, others)));
      }
      return bars;
    } finally {
      pinProcess(process.pid, cores);
    }
  },
};

/** The server gets `cores`; this process and the generator have the one that is left. */
async function measureLoad(
  stage: BarStage,
  load: keyof typeof loads,
  cores: readonly number[],
): Promise<Measurement[]> {
  const { programs, extent, progress, keep } = stage;
  const scenario = scenarioOf(loads[load], extent);
  const candidates = [one, two].map((name) => candidateOf(name, programs));
  const prepare = async ({ pid }: RunningServer) => {
    pinProcess(pid, cores);
    return async () => {};
  };
  const measured: Measurement[] = [];
  for (let round = 0; round < extent.rounds; round++) {
    for (const candidate of interleave(candidates, round)) {
      progress.step(`round ${round + 1}, ${load}, ${candidate.name}`);
      const run = { candidate, scenario, round, load: programs.load, prepare };
      const measurement = await measure(run);
      measured.push(measurement);
      progress.note(outcomeLine(measurement));
    }
  }
  keep(measured);
  requireSound(measured);
  requireOffered(measured);
  return measured;
}

/**
 * By all its threads: as many cores as shards carry so much more. By the busiest thread: what the
 * server carries when every thread has a core, be that thread a shard or the hub.
 */
function barsOf(load: string, measured: readonly Measurement[]): Bar[] {
  const times = (read: (figures: Figures) => number) => 1 / pairedRatio(measured, two, one, read);
  const busiest = times((figures) => figures.busiestThreadCpuSeconds / figures.deliveries);
  return [
    {
      what: `${load}: two cores with two shards ÷ one core with one, by CPU/delivery (projection)`,
      value: 2 * times((figures) => figures.serverCpuUsPerDelivery),
      min: timesMin,
      unit: "×",
    },
    {
      what: `${load}: two shards ÷ one, by the busiest thread's CPU/delivery (projection)`,
      value: busiest,
      min: timesMin,
      unit: "×",
    },
  ];
}
