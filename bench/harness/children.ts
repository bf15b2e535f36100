// The processes that a benchmark started, so that none outlives it, however it ends.
// Owns the list, the killing, and what a signal does to the benchmark: it ends by `process.exit`, so
// that whatever cleans up on exit does. Each child is ended by its own id, never by a name.

import type { Subprocess } from "bun";

const children = new Set<Subprocess>();
/** What ends a benchmark from outside, and the exit codes that shells expect. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
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

/** From here on children are killed, and `exit` handlers run, even where a signal ends the process. */
export function watchForTheEnd(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const child of children) child.kill("SIGKILL");
  });
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.on(signal, () => process.exit(code));
  }
}
