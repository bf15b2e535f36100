// What a program of the client sees of the process: its input, its outputs, and the wish to stop.
// The tests give their own; only main.ts uses the process's.

import { constants } from "node:os";
import { Output } from "./output.ts";

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves when a signal asks the program to stop. A second one ends the process at once. */
  readonly stopped: Promise<"interrupted" | "terminated">;
}

const endSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/**
 * Signals that come so close, in ms, are one wish: a key goes to the whole job, and a parent such as
 * `bun run` passes it on as well.
 */
const oneWishMs = 300;
/** What a shell calls the end by signal n: 128 + n. */
const signalCodes = 128;

export type SignalProcess = Pick<NodeJS.Process, "on" | "exit">;

export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: new Output(process.stdout),
    stderr: new Output(process.stderr),
    stopped: stopWish(process, Date.now),
  };
}

/** The first signal is the program's, which ends in order; whoever sends another waits no longer. */
export function stopWish(process: SignalProcess, nowMs: () => number): Io["stopped"] {
  return new Promise((resolve) => {
    let firstMs: number | null = null;
    for (const signal of endSignals) {
      process.on(signal, () => {
        if (firstMs === null) {
          firstMs = nowMs();
          return resolve(signal === "SIGINT" ? "interrupted" : "terminated");
        }
        if (nowMs() - firstMs >= oneWishMs) {
          process.exit(signalCodes + constants.signals[signal]);
        }
      });
    }
  });
}
