// Which core a process may run on, where `taskset` is installed: so that the load generator and the
// server don't take each other's. Owns no process.

import { readFileSync } from "node:fs";

/** Whether the tool for it is there. */
export function canPin(): boolean {
  return Bun.which("taskset") !== null;
}

/** All threads of the process, and whatever they start from now on. */
export function pinProcess(pid: number, cores: readonly number[]): void {
  const list = cores.join(",");
  const result = Bun.spawnSync(["taskset", "--all-tasks", "--cpu-list", "--pid", list, `${pid}`]);
  if (result.exitCode !== 0) throw new Error(`taskset: ${result.stderr.toString().trim()}`);
}

/** The cores that the process may run on: not always the first ones, and not always all. */
export function coresOf(pid: number): number[] {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return readCoreList(/^Cpus_allowed_list:\s+(\S+)/m.exec(status)?.[1] ?? "");
}

/** Of `0-3,8`, as Linux writes it. */
export function readCoreList(list: string): number[] {
  const ranges = list.split(",").filter((range) => range !== "");
  return ranges.flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
