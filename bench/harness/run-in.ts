// Runs a program to its end for what it prints. The process ends with the benchmark, if not before.

import { adoptChild } from "./children.ts";

/** Its standard output; throws with its complaints when it ends with anything but 0. */
export async function runIn(cwd: string, command: readonly string[]): Promise<string> {
  const child = adoptChild(
    Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  const [output, complaints, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) throw new Error(`${command.slice(0, 2).join(" ")}: ${complaints}`.trim());
  return output;
}
