// What is held against a finished run: the promises, and that nothing is left undone or behind.

import { checkPromises, type ViolationCode } from "@maru/testkit";
import type { RunHistory } from "./client/run-history.ts";
import type { SimulatedClient } from "./client/simulated-client.ts";
import type { World } from "./world.ts";

/** Beside the promises' codes: something threw; it never came to rest; something was not released. */
export type FailureCode = ViolationCode | "bug" | "unsettled" | "unacknowledged" | "leak";

export interface Failure {
  readonly code: FailureCode;
  readonly sentence: string;
}

export type Counts = Readonly<Record<string, number>>;

/** Whether the promises were kept; to be called when all has come to rest. */
export function judgePromises(world: World, history: RunHistory): Failure[] {
  const mayLose = world.plan.durability === "os";
  const violations = checkPromises(history.record(), { mayLose });
  const unacknowledged = history.unacknowledged;
  const bugs = world.bugs.map((sentence): Failure => ({ code: "bug", sentence }));
  if (unacknowledged.length === 0) return [...bugs, ...violations];
  const sentence = `never acknowledged: ${unacknowledged.join(", ")}`;
  return [...bugs, ...violations, { code: "unacknowledged", sentence }];
}

export function judgeRest(clients: readonly SimulatedClient[]): Failure[] {
  const restless = clients.filter(({ isSettled }) => !isSettled);
  return restless.map(({ standing }) => ({ code: "unsettled", sentence: standing }));
}

/** What the server holds for so many clients, each in so many rooms. */
export function judgeCounts(counts: Counts, clients: number, rooms: number): Failure[] {
  const inUse = clients > 0 ? rooms : 0;
  const people = { connections: clients, sessions: clients, sockets: clients, wires: clients };
  const due: Counts = { ...people, rooms: inUse, groups: inUse };
  const wrong = Object.entries(due).filter(([name, count]) => counts[name] !== count);
  return wrong.map(([name, count]) => ({
    code: "leak",
    sentence: `with ${clients} clients the server holds ${counts[name]} ${name}, not ${count}`,
  }));
}
