import { expect, test } from "bun:test";
import { journalSlackBytes } from "@maru/tui/files";
import { MemoryDisk } from "@maru/tui/testing/files";
import { directory, openClient, unsent } from "../../test/store/store-client.ts";
import { OutboxFile, pendingChangesMax } from "./outbox-file.ts";

const path = `${directory}/outbox.jsonl`;
const queued = 10_000;
const text = "x".repeat(1_000);
const lineBytes = Buffer.byteLength(`${JSON.stringify({ put: unsent("c00000", text) })}\n`);
const settleBytes = Buffer.byteLength('{"settle":"c00000"}\n');
const cidOf = (n: number) => `c${String(n).padStart(5, "0")}`;

test("ten thousand that wait cost each change its own line, and the file stays bounded", () => {
  const { store, disk } = openClient();
  let largest = 0;
  const change = (run: () => void): number => {
    const before = disk.bytesWritten;
    run();
    store.flush();
    largest = Math.max(largest, disk.files.get(path)?.size ?? 0);
    return disk.bytesWritten - before;
  };
  for (let n = 0; n < queued; n += 1) {
    const bytes = change(() => store.outbox.put(unsent(cidOf(n), text)));
    if (n > 0) expect(bytes).toBe(lineBytes);
  }
  let rewrites = 0;
  for (let n = 0; n < queued; n += 1) {
    const bytes = change(() => store.outbox.settle(cidOf(n)));
    if (bytes !== settleBytes) rewrites += 1;
  }
  // Made anew when less than half of it is true: each time that the queue has halved.
  expect(rewrites).toBeLessThanOrEqual(
    Math.ceil(Math.log2((queued * lineBytes) / journalSlackBytes)) + 2,
  );
  const changes = queued * (lineBytes + settleBytes);
  expect(disk.bytesWritten).toBeLessThan(2.5 * changes);
  expect(largest).toBeLessThan(changes + journalSlackBytes);
  expect(disk.files.get(path)?.size).toBeLessThan(2 * journalSlackBytes);
  expect(openClient(disk).store.stored.outbox).toEqual([]);
});

test("one in, one out for ever keeps the file small", () => {
  const { store, disk } = openClient();
  let largest = 0;
  for (let n = 0; n < 3_000; n += 1) {
    store.outbox.put(unsent(cidOf(n), text));
    store.flush();
    store.outbox.settle(cidOf(n));
    store.flush();
    largest = Math.max(largest, disk.files.get(path)?.size ?? 0);
  }
  expect(largest).toBeLessThan(journalSlackBytes + 4 * lineBytes);
});

test("a put of what waits already writes nothing", () => {
  const { store, disk } = openClient();
  store.outbox.put(unsent("a"));
  store.flush();
  const { bytesWritten } = disk;
  store.outbox.put(unsent("a"));
  store.flush();
  expect(disk.bytesWritten).toBe(bytesWritten);
});

test("changes that no disk takes are gathered up to a bound; beyond it the state is written whole", () => {
  for (const count of [pendingChangesMax, pendingChangesMax + 1]) {
    const disk = new MemoryDisk();
    disk.directories.add(directory);
    const file = new OutboxFile(disk, directory);
    file.put(unsent("first"));
    file.writeNew();
    for (let n = 0; n < count; n += 1) file.put(unsent(cidOf(n)));
    for (let n = 2; n < count; n += 1) file.settle(cidOf(n));
    file.settle("first");
    file.load(true);
    expect(file.outbox).toEqual([unsent(cidOf(0)), unsent(cidOf(1))]);
    file.writeNew();
    file.writeSettled();
    const next = new OutboxFile(disk, directory);
    next.load(true);
    expect(next.outbox.map(({ cid }) => cid)).toEqual([cidOf(0), cidOf(1)]);
  }
});

test("only what the protocol knows comes back from the file", () => {
  const { store, disk } = openClient();
  store.outbox.put(unsent("a"));
  store.flush();
  for (const line of [
    { put: { type: "nick", nick: "eve", cid: "b" } },
    { put: { type: "send", room: "den", text: "x", cid: "" } },
    { put: { type: "send", room: "den", text: "\u001b[2J", cid: "b" } },
    { put: { type: "send", room: "den", text: "x", cid: "b", id: 7 } },
  ]) {
    const copy = new MemoryDisk();
    copy.put(path, `${disk.text(path)}${JSON.stringify(line)}\n`);
    const { store: next, problems } = openClient(copy);
    expect(next.stored.outbox).toEqual([unsent("a")]);
    expect(problems).toHaveLength(1);
  }
});
