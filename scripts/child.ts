// Runs the tools that the root scripts are made of, each as a child of this same Bun.
// Nothing else need be installed: no global bun, no node; Bun stands in for both.

import { join, resolve } from "node:path";

export const root = resolve(import.meta.dir, "..");

/** The command line of a tool from node_modules, started by this very Bun. */
export function tool(script: string, ...args: string[]): string[] {
  return [process.execPath, join(root, "node_modules", script), ...args];
}

export const biome = (...args: string[]) => tool("@biomejs/biome/bin/biome", ...args);
export const tsc = (...args: string[]) => tool("typescript/bin/tsc", ...args);
export const turbo = (...args: string[]) => tool("turbo/bin/turbo", ...args);

export interface ChildResult {
  readonly ok: boolean;
  /** Both streams, in the order in which the child wrote to each. */
  readonly output: string;
}

/** Runs to the end and keeps what was written. */
export async function run(command: readonly string[], cwd = root): Promise<ChildResult> {
  const child = Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { ok: (await child.exited) === 0, output: stdout + stderr };
}

/** Runs to the end on this terminal and returns the exit code. */
export async function runHere(
  command: readonly string[],
  env: Record<string, string | undefined> = { ...process.env },
): Promise<number> {
  const child = Bun.spawn([...command], {
    cwd: root,
    env,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  });
  return await child.exited;
}
