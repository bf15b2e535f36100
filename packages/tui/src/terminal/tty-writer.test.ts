import { afterAll, expect, test } from "bun:test";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualClock } from "@maru/testkit";
import { TtyWriter } from "./tty-writer.ts";

const directory = mkdtempSync(join(tmpdir(), "maru-tty-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("writes in order, tells of each piece, and of the end of all", async () => {
  const path = join(directory, "ordered");
  const fd = openSync(path, "w");
  const done: number[] = [];
  const writer = new TtyWriter(fd, new VirtualClock(), () => done.push(-1));
  for (let at = 0; at < 20; at += 1) writer.write(`${at} 한글\n`, () => done.push(at));
  await writer.written();
  closeSync(fd);
  expect(done).toEqual(Array.from({ length: 20 }, (_, at) => at));
  expect(readFileSync(path, "utf8")).toBe(done.map((at) => `${at} 한글\n`).join(""));
});

test("a terminal that is gone is told once, and nothing waits for it", async () => {
  const fd = openSync(import.meta.path, "r");
  const done: string[] = [];
  const writer = new TtyWriter(fd, new VirtualClock(), () => done.push("gone"));
  writer.write("one", () => done.push("one"));
  writer.write("two", () => done.push("two"));
  await writer.written();
  await new Promise<void>((resolve) => writer.write("three", resolve));
  closeSync(fd);
  expect(done.toSorted()).toEqual(["gone", "one", "two"]);
});

test("the last words overtake what waits, which is dropped", async () => {
  const path = join(directory, "last");
  const fd = openSync(path, "w");
  const writer = new TtyWriter(fd, new VirtualClock(), () => {});
  const done: string[] = [];
  for (let at = 0; at < 5; at += 1) writer.write(`${at}`, () => done.push(`${at}`));
  writer.writeNow("last");
  await writer.written();
  expect(done).toHaveLength(5);
  expect(readFileSync(path, "utf8")).toContain("last");
  expect(readFileSync(path, "utf8")).not.toContain("4");
  closeSync(fd);
});
