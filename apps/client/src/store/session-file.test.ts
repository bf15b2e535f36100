import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realDisk, systemProcesses } from "@maru/tui/files";
import { Killed, MemoryDisk, processTable } from "@maru/tui/testing/files";
import { SessionFile } from "./session-file.ts";

const directory = "/state/ann";
const path = `${directory}/session/session.json`;
const session = { session: "secret", heartbeatMs: 30_000 };
const others: string[] = [];
afterEach(() => {
  for (const each of others.splice(0)) rmSync(each, { recursive: true });
});

const openAs = (disk: MemoryDisk, pid: number, living: number[] = []) =>
  new SessionFile({ directory, disk, processes: processTable(pid, living) });

test("the client after one that ended without a word has its session", () => {
  const disk = new MemoryDisk();
  const first = openAs(disk, 1);
  expect([first.stored, first.holder]).toEqual([null, null]);
  first.save({ ...session, session: "older" });
  first.save(session);
  expect(openAs(disk, 2).stored).toEqual(session);
});

test("of two that run the second has none, writes none and takes none away", () => {
  const disk = new MemoryDisk();
  openAs(disk, 1).save(session);
  const second = openAs(disk, 2, [1]);
  expect([second.stored, second.holder]).toEqual([null, 1]);
  second.save({ ...session, session: "another" });
  second.remove();
  second.close();
  expect(disk.text(path)).toContain('"secret"');
  expect(openAs(disk, 3, [1]).holder).toBe(1);
});

test("a clean end leaves nothing, and lets the next one in while this process runs", () => {
  const disk = new MemoryDisk();
  const first = openAs(disk, 1);
  first.save(session);
  first.remove();
  first.close();
  const next = openAs(disk, 2, [1]);
  expect([next.stored, next.holder]).toEqual([null, null]);
});

test.each([
  ["no JSON", "{"],
  ["another's", "{}"],
  ["too long", `${JSON.stringify({ session: "s" })}${" ".repeat(5_000)}`],
  ["with a heartbeat that is none", JSON.stringify({ ...session, heartbeatMs: 0 })],
])("a file that is %s is no session, and is replaced", (_, text) => {
  const disk = new MemoryDisk();
  openAs(disk, 1);
  disk.put(path, text);
  const next = openAs(disk, 2);
  expect(next.stored).toBeNull();
  next.save(session);
  expect(openAs(disk, 3).stored).toEqual(session);
});

test("a session that is longer than ever is not kept, and the one before it neither", () => {
  const disk = new MemoryDisk();
  const file = openAs(disk, 1);
  file.save({ ...session, session: "s".repeat(256) });
  expect(disk.text(path)).not.toBeNull();
  file.save({ ...session, session: "s".repeat(257) });
  expect(disk.text(path)).toBeNull();
});

test("a disk that takes nothing is no reason not to run", () => {
  const disk = new MemoryDisk();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "ENOSPC", part: 0 } : null);
  const file = openAs(disk, 1);
  file.save(session);
  file.remove();
  file.close();
  expect([file.stored, file.holder]).toEqual([null, null]);
});

test("a kill at any step of a save leaves the old session or the new one", () => {
  for (let step = 1, isDone = false; !isDone; step += 1) {
    const disk = new MemoryDisk();
    openAs(disk, 1).save({ ...session, session: "old" });
    const file = openAs(disk, 2);
    const before = disk.steps;
    disk.fault = (at) => (at === before + step ? { kind: "kill", part: 0.5 } : null);
    try {
      file.save(session);
      isDone = true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    disk.restart();
    expect(["old", "secret"]).toContain(openAs(disk, 3).stored?.session as string);
  }
});

test("no other user can read it", () => {
  const home = mkdtempSync(join(tmpdir(), "maru-session-"));
  others.push(home);
  const options = { directory: home, disk: realDisk, processes: systemProcesses };
  const file = new SessionFile(options);
  const real = join(home, "session/session.json");
  writeFileSync(`${real}.new`, "left by a kill", { mode: 0o644 });
  file.save(session);
  expect(statSync(real).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, "session")).mode & 0o777).toBe(0o700);
});
