// Runs one part of the lab in a process of its own, so that whatever becomes of it, the others run.
// What it prints goes to the terminal as it comes, and is kept.

import { join } from "node:path";
import type { Subprocess } from "bun";
import { benchDir, rootDir } from "../../harness/places.ts";

export interface PartResult {
  readonly part: string;
  readonly command: string;
  /** 1: a bar was missed or a measurement failed; 2: the part could not go on. */
  readonly exitCode: number;
  readonly seconds: number;
  /** Its tables, as printed. */
  readonly output: string;
}

export async function runPart(
  part: string,
  name: string,
  args: readonly string[],
): Promise<PartResult> {
  const beganMs = performance.now();
  const child = Bun.spawn([process.execPath, join(benchDir, "main.ts"), name, ...args], {
    cwd: rootDir,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const release = passOnSignals(child);
  const decoder = new TextDecoder();
  let output = "";
  for await (const chunk of child.stdout) {
    process.stdout.write(chunk);
    output += decoder.decode(chunk, { stream: true });
  }
  const exitCode = await child.exited;
  release();
  const seconds = (performance.now() - beganMs) / 1000;
  const command = ["bun run bench", name, ...args].join(" ");
  return { part, command, exitCode, seconds, output };
}

/** The part ends its own servers before it goes, and the lab goes with it: killed, it could not. */
function passOnSignals(child: Subprocess): () => void {
  const end = () => {
    child.kill("SIGTERM");
    void child.exited.then(() => process.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  return () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, end);
  };
}
