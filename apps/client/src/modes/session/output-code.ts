// The exit code once everything is said: what could not be written is no success, whatever the
// command came to. Only a reader that left may be quiet (tui/io/output.ts tells the two apart).

import type { Io } from "@maru/tui/io";
import { exitCodes } from "../../cli/exit-codes.ts";

/** Waits until both outputs have taken what they were given; says what could not be written. */
export async function outputCode(
  code: number,
  { stdout, stderr }: Pick<Io, "stdout" | "stderr">,
): Promise<number> {
  await Promise.all([stdout.flushed(), stderr.flushed()]);
  const { failure } = stdout;
  if (failure !== null) {
    stderr.write(`maru: standard output can't be written: ${reasonOf(failure)}\n`);
    await stderr.flushed();
    return exitCodes.output.code;
  }
  // Where standard error is lost there is nowhere to say so; a failure keeps its own code.
  return stderr.failure !== null && code === 0 ? exitCodes.output.code : code;
}

/** The words of "ENOSPC: no space left on device, write". */
function reasonOf({ message }: Error): string {
  return message.replace(/^[A-Z]\w+: |, write$/g, "");
}
