// The processes that a benchmark started, so that none outlives it, however it ends.
// Owns the list and the killing; each child is ended by its own id, never by a name.

import type { Subprocess } from "bun";

const children = new Set<Subprocess>();
let watching = false;

/** Ends the child with SIGTERM, and with SIGKILL after graceMs; resolves to its exit code. */
export async function endChild(child: Subprocess, graceMs: number): Promise<number> {
  child.kill("SIGTERM");
  const deadline = setTimeout(() => child.kill("SIGKILL"), graceMs);
  const code = await child.exited;
  clearTimeout(deadline);
  return code;
}

/** Remembers the child until it has exited. */
export function adoptChild<Child extends Subprocess>(child: Child): Child {
  watchForTheEnd();
  children.add(child);
  void child.exited.then(() => children.delete(child));
  return child;
}

function watchForTheEnd(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const child of children) child.kill("SIGKILL");
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
}
