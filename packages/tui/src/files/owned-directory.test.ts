import { expect, test } from "bun:test";
import { MemoryDisk } from "../testing/files/memory-disk.ts";
import { processTable } from "../testing/files/process-table.ts";
import { OwnedDirectory } from "./owned-directory.ts";

const directory = "/state";

/** One file of one text, written whole. */
function open(disk: MemoryDisk, pid: number, living: readonly number[] = []) {
  const told: string[] = [];
  const turns: (() => void)[] = [];
  const path = `${directory}/text`;
  const file = {
    name: "text",
    text: "",
    load(isOwner: boolean) {
      told.push(isOwner ? "read" : "looked into");
      if (disk.size(path) !== null) this.text ||= Buffer.from(disk.read(path)).toString();
      return { isBroken: this.text === "broken" };
    },
  };
  const owned = new OwnedDirectory({
    directory,
    disk,
    processes: processTable(pid, living),
    defer: (run) => turns.push(run),
    files: [file],
    shared: [file],
    writeAll: (write) => void write(file, () => disk.write(path, file.text)),
    onTaken: (holder) => told.push(`taken by ${holder}`),
    onBroken: ({ name }) => told.push(`${name} is broken`),
    onFault: (failure) => told.push(failure ?? "whole again"),
  });
  owned.open();
  const set = (text: string) =>
    owned.change(() => {
      file.text = text;
    });
  return { owned, file, set, told, turn: () => turns.splice(0).map((run) => run()).length };
}

test("the changes of a turn are written once, at its end", () => {
  const disk = new MemoryDisk();
  const { set, turn } = open(disk, 1);
  set("a");
  set("b");
  expect(disk.text("/state/text")).toBeNull();
  expect(turn()).toBe(1);
  expect(disk.text("/state/text")).toBe("b");
});

test("a second process looks into what is shared, and writes nothing", () => {
  const disk = new MemoryDisk();
  const first = open(disk, 1);
  first.set("a");
  first.turn();
  const second = open(disk, 2, [1]);
  second.set("b");
  second.owned.close();
  expect([second.owned.isOwner, second.file.text]).toEqual([false, "a"]);
  expect(second.told).toEqual(["taken by 1", "looked into"]);
  first.owned.close();
  expect(open(disk, 3, [1]).owned.isOwner).toBe(true);
});

test("where the disk did not say whose it is, it is asked again, and read before it is written", () => {
  const disk = new MemoryDisk();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "ENOSPC", part: 0 } : null);
  const { owned, set, told, turn } = open(disk, 1);
  set("a");
  turn();
  set("b");
  turn();
  expect(told).toEqual(["looked into", "the disk is full"]);
  disk.fault = () => null;
  set("c");
  turn();
  expect(told.slice(2)).toEqual(["read", "whole again"]);
  expect([owned.isOwner, disk.text("/state/text")]).toEqual([true, "c"]);
});

test("a broken file is told, and what is changed after the end is not kept", () => {
  const disk = new MemoryDisk();
  disk.put("/state/text", "broken");
  const { owned, set, told, turn } = open(disk, 1);
  owned.close();
  set("late");
  expect([turn(), disk.text("/state/text")]).toEqual([0, "broken"]);
  expect(told).toEqual(["read", "text is broken"]);
});
