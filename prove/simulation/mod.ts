// The deterministic simulation: one process, one seed, no real time, no real sockets.

export type { Failure, FailureCode } from "./judge.ts";
export type { Plan } from "./plan.ts";
export { type RunOptions, type RunResult, runSimulation } from "./run-simulation.ts";
export { describeFailure, type Report, type SimulateOptions, simulate } from "./simulate.ts";
export { type FaultKind, faultKinds, type Statistics } from "./statistics.ts";
