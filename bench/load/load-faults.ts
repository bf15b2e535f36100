// What must not happen in a run, whatever its figures are: which faults a measurement has, and
// whether it counts. Pure.

import { grouped } from "../harness/format-number.ts";
import type { Figures, Measurement } from "./measure-load.ts";

const kinds = [
  "missing",
  "extra",
  "unacknowledged",
  "misordered",
  "malformed",
  "disconnects",
  "errors",
  "closes",
] as const satisfies readonly (keyof Figures)[];

/** Everything that went wrong in any of these runs, added up; "none" when nothing did. */
export function faultsOf(measurements: readonly Measurement[]): string {
  const figures = measurements.flatMap(({ outcome }) =>
    "figures" in outcome ? [outcome.figures] : [],
  );
  const faults = kinds.flatMap((kind) => {
    const count = figures.reduce((sum, each) => sum + each[kind], 0);
    return count > 0 ? [`${grouped(count)} ${kind}`] : [];
  });
  const failed = measurements.length - figures.length;
  if (failed > 0) faults.push(`${failed} of ${measurements.length} rounds failed`);
  return faults.join(", ") || "none";
}

/** Of the chapter, deliveries out of order are its nature, and no fault of the run. */
export function isSound({ candidate, outcome }: Measurement): boolean {
  if ("failure" in outcome) return false;
  const { figures } = outcome;
  const isExcused = (kind: string): boolean => candidate === "chapter" && kind === "misordered";
  return kinds.every((kind) => figures[kind] === 0 || isExcused(kind));
}

/** Throws with what is wrong with the first that is not sound. */
export function requireSound(measurements: readonly Measurement[]): void {
  const bad = measurements.find((measurement) => !isSound(measurement));
  if (bad === undefined) return;
  const { candidate, round, outcome } = bad;
  const why = "failure" in outcome ? outcome.failure : faultsOf([bad]);
  throw new Error(`${candidate}, round ${round + 1}: ${why}`);
}

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

const saidShareMin = 0.99;
