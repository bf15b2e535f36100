import { expect, test } from "bun:test";
import { MemoryDisk } from "../testing/files/memory-disk.ts";
import { TerminalsFile, terminalsMax, terminalUnitsMax } from "./terminals-file.ts";

const path = "/state/maru/terminals.json";

test("what a terminal answered is there the next time, the newest answer", () => {
  const disk = new MemoryDisk();
  new TerminalsFile(disk, path).remember("tmux", ["flags"]);
  new TerminalsFile(disk, path).remember("linux", null);
  new TerminalsFile(disk, path).remember("tmux", []);
  expect([...new TerminalsFile(disk, path).read()]).toEqual([
    ["linux", null],
    ["tmux", []],
  ]);
});

test("as many as may are remembered, without the oldest beyond", () => {
  const file = new TerminalsFile(new MemoryDisk(), path);
  for (let at = 0; at < terminalsMax; at += 1) file.remember(`t${at}`, []);
  expect(file.read().size).toBe(terminalsMax);
  file.remember("one more", []);
  expect(file.read().size).toBe(terminalsMax);
  expect(file.read().has("t0")).toBe(false);
  expect(file.read().has("one more")).toBe(true);
});

test("a name too long is cut, and found again", () => {
  const file = new TerminalsFile(new MemoryDisk(), path);
  file.remember("x".repeat(terminalUnitsMax + 1), ["flags"]);
  expect([...file.read().keys()]).toEqual(["x".repeat(terminalUnitsMax)]);
});

test("a file that is none is begun anew", () => {
  for (const text of ["", "{", "[]", '{"version":2}', `{"terminals":${"[".repeat(100)}`]) {
    const disk = new MemoryDisk();
    disk.makeDirectory("/state/maru");
    disk.write(path, text);
    const file = new TerminalsFile(disk, path);
    expect(file.read().size).toBe(0);
    file.remember("tmux", []);
    expect(file.read().size).toBe(1);
  }
});
