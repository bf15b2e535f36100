// A measurement under load: its figures, what must not happen whatever they are, and whether it
// counts. Pure.

import { grouped } from "../harness/numbers.ts";
import { type Attempt, type Faults, faultsIn } from "../harness/outcome.ts";
import type { GeneratorReport, PlayReport } from "./generator.ts";
import type { ServerUse } from "./observe-server.ts";
import type { Scenario } from "./scenario.ts";

export interface Figures extends GeneratorReport, ServerUse {
  readonly serverCpuUsPerDelivery: number;
}

export interface Measurement extends Attempt<Figures> {
  readonly scenario: Scenario;
}

/** In the order in which pages and tables name them. */
export const faultKinds = [
  ...(["missing", "extra", "misordered", "unacknowledged"] as const),
  ...(["malformed", "disconnects", "errors", "closes"] as const),
] satisfies readonly (keyof PlayReport)[];
export type FaultKind = (typeof faultKinds)[number];

/** Older results lack some kinds. */
export const faultCounts = (figures: Pick<PlayReport, FaultKind>): Faults =>
  Object.fromEntries(faultKinds.map((kind) => [kind, figures[kind] ?? 0]));

/** Everything that went wrong in any of these runs, added up; "none" when nothing did. */
export const faultsOf = (measurements: readonly Pick<Attempt<Figures>, "outcome">[]): string =>
  faultsIn(measurements, faultCounts);

/** Of the chapter, deliveries out of order are its nature, and no fault of the run. */
export function isSound({ candidate, outcome }: Measurement): boolean {
  if ("failure" in outcome) return false;
  const isExcused = (kind: string): boolean => candidate === "chapter" && kind === "misordered";
  return faultKinds.every((kind) => outcome.figures[kind] === 0 || isExcused(kind));
}

/** Throws with what is wrong with the first that is not sound. */
export function requireSound(measurements: readonly Measurement[]): void {
  const bad = measurements.find((measurement) => !isSound(measurement));
  if (bad === undefined) return;
  const { candidate, round, outcome } = bad;
  const why = "failure" in outcome ? outcome.failure : faultsOf([bad]);
  throw new Error(`${candidate}, round ${round + 1}: ${why}`);
}

const saidShareMin = 0.99;

/** In the open loop: throws when less was said than should have been, or nothing of it was timed. */
export function requireOffered(measurements: readonly Measurement[]): void {
  for (const { candidate, scenario, outcome } of measurements) {
    if ("failure" in outcome || "inflight" in scenario.pace) continue;
    const { messages, seconds, samples } = outcome.figures;
    const due = scenario.pace.messagesPerSecond * seconds;
    // One message less is only the edge of the window.
    if (messages < due * saidShareMin - 1) {
      const offered = `${grouped(messages)} of ${grouped(due)} messages`;
      throw new Error(`${candidate}: only ${offered} were offered`);
    }
    if (samples === 0) throw new Error(`${candidate}: no delivery was timed`);
  }
}
