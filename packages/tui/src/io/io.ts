// What a program of the client sees of the process: its input, its outputs, and the wish to stop.
// The tests give their own; only main.ts uses the process's.

import { constants } from "node:os";
import { onStopSignals } from "@maru/protocol";
import { Output } from "./output.ts";

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves when a signal asks the program to stop. A second one ends the process at once. */
  readonly stopped: Promise<"interrupted" | "terminated">;
}

const endSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/** What a shell calls the end by signal n: 128 + n. */
const signalCodes = 128;

export type SignalProcess = Pick<NodeJS.Process, "on" | "exit">;

export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: new Output(process.stdout),
    stderr: new Output(process.stderr),
    stopped: stopWish(process, () => performance.now()),
  };
}

/** The first signal is the program's, which ends in order; who insists waits no longer. */
export function stopWish(process: SignalProcess, nowMs: () => number): Io["stopped"] {
  return new Promise((resolve) => {
    const stop = (signal: (typeof endSignals)[number]) =>
      resolve(signal === "SIGINT" ? "interrupted" : "terminated");
    const insist = (signal: (typeof endSignals)[number]) =>
      process.exit(signalCodes + constants.signals[signal]);
    onStopSignals(process, endSignals, { stop, insist }, nowMs);
  });
}
