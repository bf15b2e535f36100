// What a program prints on standard output, whole or not at all: when it can't be written the program
// says so and ends, with an exit code of its own.

import { writeSync } from "node:fs";

/** The exit code when standard output could not be written; the client's is the same. */
export const outputFailedCode = 7;

const stdoutFd = 1;
/** How long a reader that lags is left alone, in milliseconds. */
const laggingReaderMs = 5;

/** Returns when all of it is written. A reader that left is no failure; any other one ends the process. */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSome(bytes.subarray(at));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") return;
    // Of "ENOSPC: no space left on device, write", the words.
    const reason = message.replace(/^[A-Z]\w+: |, write$/g, "");
    process.stderr.write(`standard output can't be written: ${reason}\n`);
    process.exit(outputFailedCode);
  }
}

function writeSome(bytes: Uint8Array): number {
  try {
    return writeSync(stdoutFd, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    Bun.sleepSync(laggingReaderMs);
    return 0;
  }
}
