// What a program of the client sees of the process: its input, its outputs, and the wish to stop.
// The tests give their own; only main.ts uses the process's.

import { Output } from "./output.ts";

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves when a signal asks the program to stop. */
  readonly stopped: Promise<"interrupted" | "terminated">;
}

export function processIo(): Io {
  const stopped = new Promise<"interrupted" | "terminated">((resolve) => {
    process.once("SIGINT", () => resolve("interrupted"));
    process.once("SIGTERM", () => resolve("terminated"));
    process.once("SIGHUP", () => resolve("terminated"));
    process.once("SIGQUIT", () => resolve("terminated"));
  });
  return {
    stdin: process.stdin,
    stdout: new Output(process.stdout),
    stderr: new Output(process.stderr),
    stopped,
  };
}
