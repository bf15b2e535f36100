// Two shards against one, where the load generator has a core to itself and the rate is given: what
// the server then needs for a delivery tells what more cores would carry. A projection: with two
// cores, one of them the generator's, two shards can't be seen to run beside each other.

import { canPin, coresOf, pinProcess } from "../../harness/pin-process.ts";
import { sharing } from "../../harness/rounds.ts";
import { loadSteps } from "../../load/measure-load.ts";
import { type Measurement, requireOffered, requireSound } from "../../load/measurement.ts";
import type { Prepare } from "../../load/observe-server.ts";
import { candidateOf } from "../../servers/candidates.ts";
import { pairedRatio, type ReadFigure } from "./judge.ts";
import { cpu, hundred, rate, scenarioOf, tens } from "./load-rows.ts";
import { barRow, type RowBar } from "./row.ts";

/** About a quarter of what one shard carries. */
const shardLoads = {
  "room of 100": { ...hundred, ...rate(20_000) },
  "100 rooms of 10": { ...tens, ...rate(8_000) },
};
const [one, two] = ["maru:1", "maru:2"];

export const shardsRow = barRow<Measurement>(
  "two shards against one, by what a delivery takes",
  (scene) => {
    const { programs, extent } = scene;
    const cores = coresOf(process.pid);
    const prepare = (): Prepare => async (server) => {
      pinProcess(server.pid, cores.slice(0, -1));
      return () => {};
    };
    const scenarios = Object.entries(shardLoads).map(
      ([what, shape]) => [what, scenarioOf(shape, extent)] as const,
    );
    const steps = scenarios.flatMap(([what, scenario]) => {
      const candidates = [one, two].map((name) => candidateOf(name, programs));
      const { load } = programs;
      return loadSteps({ scenario, candidates, rounds: extent.rounds, load, what, prepare });
    });
    const pin = async () => {
      if (!canPin() || cores.length < 2) throw new Error("it takes two cores, and taskset");
      pinProcess(process.pid, cores.slice(-1));
    };
    return {
      steps: sharing(pin, async () => pinProcess(process.pid, cores), steps),
      bars(found) {
        requireSound(found);
        requireOffered(found);
        return scenarios.flatMap(([what, scenario]) =>
          shardBars(
            what,
            found.filter((each) => each.scenario === scenario),
          ),
        );
      },
    };
  },
);

/**
 * By all its threads: as many cores as shards carry so much more. By the busiest thread: what the
 * server carries when every thread has a core, be that thread a shard or the hub.
 */
function shardBars(load: string, measured: readonly Measurement[]): RowBar[] {
  const times = (read: ReadFigure) => 1 / pairedRatio(measured, two, one, read);
  const bar = (what: string, value: number) => ({
    what: `${load}: ${what} CPU/delivery (projection)`,
    value,
    min: 1.6,
    unit: "×",
  });
  const busiest = times((figures) => figures.busiestThreadCpuSeconds / figures.deliveries);
  return [
    bar("two cores with two shards ÷ one core with one, by", 2 * times(cpu)),
    bar("two shards ÷ one, by the busiest thread's", busiest),
  ];
}
