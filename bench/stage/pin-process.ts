// Which core a process may run on, where `taskset` is installed: so that the load generator and the
// server don't take each other's. Owns no process.

import { availableParallelism } from "node:os";

/** Whether there are two cores to tell apart, and the tool for it. */
export function canPin(): boolean {
  return Bun.which("taskset") !== null && availableParallelism() > 1;
}

/** All threads of the process, and whatever they start from now on. */
export function pinProcess(pid: number, cores: string): void {
  const result = Bun.spawnSync(["taskset", "--all-tasks", "--cpu-list", "--pid", cores, `${pid}`]);
  if (result.exitCode !== 0) throw new Error(`taskset: ${result.stderr.toString().trim()}`);
}

/** The cores of the process, as `pinProcess` takes them. */
export function coresOf(pid: number): string {
  const result = Bun.spawnSync(["taskset", "--cpu-list", "--pid", `${pid}`]);
  return result.stdout.toString().split(":").at(-1)?.trim() ?? "";
}
