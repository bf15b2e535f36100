// The command line of the guard, read and checked once.

import { parseArgs } from "node:util";
import { readNames } from "../../harness/read-list.ts";
import { readCount, readNumber } from "../../harness/read-number.ts";
import { type ScenarioName, scenarioNames } from "./scenarios.ts";

export const guardUsage = `usage: bun run bench guard [COMMIT] [options]

Compares this working tree with COMMIT (default HEAD~1; HEAD itself shows the noise), in pairs of
short runs, and says of each figure: faster, same, slower, or that it can't tell. The chance of any
wrong "faster" or "slower" in the whole run is at most 5 %. Ends with 1 when something is slower.
About 9 minutes with the defaults; one scenario takes about 1, idle 3.

  --rounds N        pairs of runs for each scenario (default 12; with fewer than 10 there is no
                    telling at this confidence unless --scenarios names one alone)
  --seconds S       of each run, after 0.4 s of warm-up (default 1)
  --scenarios LIST  ${scenarioNames.join(", ")} (default all)
  --workers N       threads that own sockets (default 0)
  --seed N          of the permutation test, beyond 14 pairs (default 1)
`;

export interface GuardOptions {
  readonly commit: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly scenarios: readonly ScenarioName[];
  readonly workers: string;
  readonly seed: number;
}

const settings = {
  rounds: { type: "string", default: "12" },
  seconds: { type: "string", default: "1" },
  scenarios: { type: "string" },
  workers: { type: "string", default: "0" },
  seed: { type: "string", default: "1" },
  help: { type: "boolean", default: false },
} as const;

/** Undefined when only the help is asked for. */
export function readGuardOptions(args: string[]): GuardOptions | undefined {
  const { values, positionals } = parseArgs({ args, options: settings, allowPositionals: true });
  if (values.help) return undefined;
  const [commit = "HEAD~1", ...more] = positionals;
  if (more.length > 0) throw new RangeError(`one commit at a time, not also "${more.join(" ")}"`);
  return {
    commit,
    rounds: readCount("rounds", values.rounds, 1),
    seconds: readNumber("seconds", values.seconds, 0.1),
    scenarios: readNames("scenarios", values.scenarios, scenarioNames),
    workers: values.workers,
    seed: readCount("seed", values.seed),
  };
}
