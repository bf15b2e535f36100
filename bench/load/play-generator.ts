// Runs the C load generator with these flags and reads what it found. Knows no flag and no report.
// Tells its caller the moments at which the measured window begins and ends.

import { adoptChild } from "../harness/children.ts";
import { readLines } from "../harness/read-lines.ts";

export type WindowMark = "measuring" | "measured";

/** By name without dashes. */
export type GeneratorFlags = Readonly<Record<string, string | number>>;

/** Resolves to its report, as it prints it; throws with its words where it ends with another code than 0. */
export async function playGenerator<Report>(
  program: string,
  flags: GeneratorFlags,
  onMark: (mark: WindowMark) => void,
): Promise<Report> {
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = adoptChild(
    Bun.spawn([program, ...args], { stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  try {
    let complaints = "";
    for await (const line of readLines(child.stderr)) {
      if (line === "measuring" || line === "measured") onMark(line);
      else complaints += `${line}\n`;
    }
    const output = await new Response(child.stdout).text();
    const code = await child.exited;
    if (code !== 0) throw new Error(`the load generator ended with ${code}\n${complaints}`.trim());
    return JSON.parse(output) as Report;
  } finally {
    child.kill("SIGKILL"); // where onMark threw, it would play on without anybody to read it
    await child.exited;
  }
}
