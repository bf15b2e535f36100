// `bun run prove [simulate|crash|proxy] [options]`: runs the proofs one after the other and tells what
// came of them. Exit codes: 0 nothing broke, 1 something did, 2 wrong usage, 130 interrupted.

import { onStopSignals } from "@maru/protocol";
import { type Plan, readCommandLine } from "./command-line.ts";
import { proveCrashes, proveProxied, proveSimulated } from "./proofs.ts";
import type { Proof } from "./report/proof.ts";
import { complaintOf, summaryOf } from "./report/summary.ts";

const interruptedCode = 130;
const interrupted = new AbortController();
// The first lets the run end what it has started; who insists waits no longer.
onStopSignals(process, ["SIGINT", "SIGTERM"], {
  stop: () => interrupted.abort(new Error("interrupted")),
  insist: () => process.exit(interruptedCode),
});

async function prove(plan: Plan): Promise<Proof> {
  const { signal } = interrupted;
  switch (plan.kind) {
    case "simulate": {
      const print = (line: string) => void process.stderr.write(`${line}\n`);
      return proveSimulated({ ...plan, ...(plan.trace && { print }) }, signal);
    }
    case "crash":
      return proveCrashes(plan, signal);
    case "proxy":
      return proveProxied({ ...plan, signal });
  }
}

async function main(args: readonly string[]): Promise<number> {
  const proofs: Proof[] = [];
  try {
    for (const plan of readCommandLine(args)) proofs.push(await prove(plan));
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    process.stderr.write("interrupted\n");
    return interruptedCode;
  }
  process.stdout.write(`\n${summaryOf(proofs)}`);
  const complaint = complaintOf(proofs);
  process.stdout.write(complaint === "" ? "\nno promise was broken\n" : complaint);
  return complaint === "" ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
