import { expect, test } from "bun:test";
import { MemoryDisk } from "../testing/files/memory-disk.ts";
import { processTable } from "../testing/files/process-table.ts";
import {
  acquireLock,
  type LockOutcome,
  type ProcessTable,
  startInStat,
  systemProcesses,
  unknownStart,
} from "./mod.ts";

const directory = "/state";

function newDisk(): MemoryDisk {
  const disk = new MemoryDisk();
  disk.makeDirectory(directory);
  return disk;
}

let tokens = 0;
function acquire(disk: MemoryDisk, processes: ProcessTable, token = `t${++tokens}`): LockOutcome {
  return acquireLock({ disk, directory, processes, token });
}

test("one at a time has it, and the next when it is released or its holder is dead", () => {
  const disk = newDisk();
  const first = acquire(disk, processTable(1));
  expect(first.isHeld).toBe(true);
  expect(acquire(disk, processTable(2, [1]))).toEqual({ isHeld: false, pid: 1 });
  if (first.isHeld) first.release();
  expect(acquire(disk, processTable(2, [1])).isHeld).toBe(true);
  expect(acquire(disk, processTable(3, [1])).isHeld).toBe(true);
  expect(disk.names(directory)).toEqual(["lock-3"]);
});

test("a pid that was given to another process since does not hold it, its own neither", () => {
  const disk = newDisk();
  acquire(disk, processTable(1));
  const later = { pid: 2, startOf: () => "later" };
  expect(acquire(disk, later).isHeld).toBe(true);
  expect(acquire(disk, { pid: 2, startOf: () => "after a reboot" }).isHeld).toBe(true);
});

test("where no start is known, a pid that runs is believed", () => {
  const disk = newDisk();
  acquire(disk, processTable(1));
  expect(acquire(disk, { pid: 2, startOf: () => unknownStart }).isHeld).toBe(false);
  expect(acquire(disk, { pid: 2, startOf: () => null }).isHeld).toBe(true);
});

test("two keepers of one process don't share it; one whose try failed late has it", () => {
  const disk = newDisk();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "ENOSPC", part: 1 } : null);
  expect(() => acquire(disk, processTable(1), "mine")).toThrow("ENOSPC");
  disk.fault = () => null;
  expect(acquire(disk, processTable(1), "other").isHeld).toBe(false);
  expect(acquire(disk, processTable(1), "mine").isHeld).toBe(true);
});

test("a file that can't be read is no lock", () => {
  for (const text of ["", "released\n", "{}", '{"pid":-1,"start":"s","token":"t"}', "\0"]) {
    const disk = newDisk();
    disk.put(`${directory}/lock-4`, text);
    disk.put(`${directory}/lock-05`, "no number of ours");
    expect(acquire(disk, processTable(1)).isHeld).toBe(true);
    expect(disk.names(directory)).toEqual(["lock-05", "lock-5"]);
  }
});

test("of two who find the same dead holder only one follows it, wherever they cross", () => {
  for (let crossing = 1; crossing <= 12; crossing += 1) {
    const disk = newDisk();
    acquire(disk, processTable(1));
    const both = [2, 3];
    let other: LockOutcome | null = null;
    const from = disk.steps;
    disk.fault = (step) => {
      if (step - from !== crossing || other !== null) return null;
      disk.fault = () => null;
      other = acquire(disk, processTable(3, both));
      return null;
    };
    const mine = acquire(disk, processTable(2, both));
    const outcomes: (LockOutcome | null)[] = [mine, other];
    expect(outcomes.filter((outcome) => outcome?.isHeld === true)).toHaveLength(1);
  }
});

test("one who looked long ago does not take it from those who came since", () => {
  const disk = newDisk();
  acquire(disk, processTable(1));
  const from = disk.steps;
  let since: LockOutcome | null = null;
  disk.fault = (step) => {
    // It has seen `lock-1`, and is about to follow it.
    if (step - from !== 3) return null;
    disk.fault = () => null;
    const former = acquire(disk, processTable(3));
    if (former.isHeld) former.release();
    since = acquire(disk, processTable(4));
    return null;
  };
  expect(acquire(disk, processTable(2, [4])).isHeld).toBe(false);
  expect(since as LockOutcome | null).toMatchObject({ isHeld: true });
  expect(disk.names(directory)).toEqual(["lock-3"]);
});

test("the start of a process is told from the system's line, whatever the process is called", () => {
  const rest = Array.from({ length: 49 }, (_, n) => String(n + 4)).join(" ");
  expect(startInStat(`12 (bun) S ${rest}`)).toBe("22");
  expect(startInStat(`12 (a) b (c) R ${rest}`)).toBe("22");
  expect(startInStat(`12 (bun) Z ${rest}`)).toBeNull();
  expect(startInStat("12 (bun) S")).toBe(unknownStart);
});

test("this process runs, always since the same time; one that has ended does not", async () => {
  const { pid } = process;
  const start = systemProcesses.startOf(pid);
  expect(start).not.toBeNull();
  expect(systemProcesses.startOf(pid)).toBe(start);
  const child = Bun.spawn([process.execPath, "--version"], { stdout: "ignore" });
  await child.exited;
  expect(systemProcesses.startOf(child.pid)).toBeNull();
});
