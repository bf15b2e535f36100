import { expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { isGone, readFrames, takesAll, takesEach, takesNothing } from "@maru/testkit";
import { scriptedConnection } from "../../test/scripted-connection.ts";
import { Counters } from "../base/counters.ts";
import type { Connection } from "../connection/connection.ts";
import { Writer } from "./writer.ts";

function createWriter(outboundBytes = 100_000) {
  const counters = new Counters();
  const events = { overflowed: [] as Connection[], emptied: [] as Connection[] };
  const writer = new Writer(outboundBytes, counters, {
    overflowed(connection) {
      events.overflowed.push(connection);
      connection.cut = true;
      connection.queue.dropUnsentFrames();
    },
    emptied: (connection) => events.emptied.push(connection),
  });
  return { writer, events, counters };
}

const frame = (n: number, bytes = 0) =>
  encodeFrame(JSON.stringify({ type: "t", n, filler: "x".repeat(bytes) }));
const said = (output: Uint8Array) => readFrames(output).messages.map(({ n }) => n);
const draining = {
  phase: "draining",
  reason: { code: "c", reason: "", reconnect: "now" },
  deadlineMs: 0,
  answering: false,
} as const;

test("whatever a tick gathers, each connection is written to once", () => {
  const { writer, counters } = createWriter();
  const [one, two] = [scriptedConnection(), scriptedConnection()];
  for (let n = 1; n <= 50; n += 1) {
    writer.enqueue(one.connection, frame(n));
    if (n % 10 === 0) writer.enqueue(two.connection, frame(n));
  }
  writer.flush();
  expect(one.socket.writes).toHaveLength(1);
  expect(two.socket.writes).toHaveLength(1);
  expect(said(one.socket.output)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(said(two.socket.output)).toEqual([10, 20, 30, 40, 50]);
  expect(counters.read()).toMatchObject({
    writes: 2,
    bytesOut: one.socket.output.length + two.socket.output.length,
  });
});

test("more than the scratch memory goes out in several writes, in order", () => {
  const { writer } = createWriter(10_000_000);
  const { connection, socket } = scriptedConnection();
  const sizes = [10, 100_000, 100_000, 100_000, 400_000, 20, 300_000, 300_000, 5];
  for (const [n, size] of sizes.entries()) writer.enqueue(connection, frame(n, size));
  writer.flush();
  expect(said(socket.output)).toEqual([...sizes.keys()]);
  expect(socket.writes.length).toBeLessThan(sizes.length);
});

test("nothing enqueued is nothing written, and a flushed tick is not written again", () => {
  const { writer } = createWriter();
  const { connection, socket } = scriptedConnection();
  writer.flush();
  writer.enqueue(connection, frame(1));
  writer.flush();
  writer.flush();
  expect(socket.writes).toHaveLength(1);
});

test("what a socket does not take is kept, even when the memory it came from is written again", () => {
  const { writer, counters } = createWriter();
  const { connection, socket } = scriptedConnection();
  const shared = frame(1, 1000);
  socket.takes(takesEach(100, 0));
  writer.enqueue(connection, shared);
  writer.flush();
  shared.fill(0);
  writer.enqueue(connection, frame(2));
  writer.flush();
  expect(socket.writes).toHaveLength(1);
  socket.takes(takesAll);
  writer.drained(connection);
  expect(said(socket.output)).toEqual([1, 2]);
  expect(counters.read().writesShort).toBe(1);
});

test("as many bytes may wait as the bound says, and not one more", () => {
  const piece = frame(1, 1000);
  for (const [bound, overflows] of [
    [3 * piece.length, 0],
    [3 * piece.length - 1, 1],
  ] as const) {
    const { writer, events } = createWriter(bound);
    const { connection, socket } = scriptedConnection();
    socket.takes(takesNothing);
    for (let tick = 0; tick < 3; tick += 1) {
      writer.enqueue(connection, piece);
      writer.flush();
    }
    expect(events.overflowed).toHaveLength(overflows);
  }
});

test("an overflow is told once, drops what follows, and concerns no other connection", () => {
  const { writer, events } = createWriter(2_000);
  const [slow, quick] = [scriptedConnection(), scriptedConnection()];
  slow.socket.takes(takesEach(7, 0));
  for (let n = 1; n <= 10; n += 1) {
    for (const { connection } of [slow, quick]) {
      writer.enqueue(connection, frame(n, 900));
      writer.enqueue(connection, frame(100 + n, 900));
    }
    writer.flush();
  }
  expect(events.overflowed).toEqual([slow.connection]);
  expect(said(quick.socket.output)).toHaveLength(20);
  slow.socket.takes(takesAll);
  writer.drained(slow.connection);
  expect(readFrames(slow.socket.output).restBytes).toBe(0);
  expect(said(slow.socket.output)).toEqual([1]);
});

test("a connection that is cut is not written to any more, queue or no queue", () => {
  const { writer } = createWriter();
  const { connection, socket } = scriptedConnection();
  connection.cut = true;
  writer.enqueue(connection, frame(1));
  writer.flush();
  expect(socket.output).toHaveLength(0);
});

test("a socket that is gone loses its bytes and keeps none", () => {
  const { writer, events } = createWriter();
  const { connection, socket } = scriptedConnection();
  socket.takes(isGone);
  writer.enqueue(connection, frame(1));
  writer.flush();
  expect(connection.queue.bytes).toBe(0);
  expect(events.overflowed).toEqual([]);
});

test("says that a leaving connection has been given everything: at once, or when it drains", () => {
  const { writer, events } = createWriter();
  const [quick, slow] = [
    scriptedConnection({ state: draining }),
    scriptedConnection({ state: draining }),
  ];
  slow.socket.takes(takesEach(3));
  for (const { connection } of [quick, slow]) writer.enqueue(connection, frame(1));
  writer.flush();
  expect(events.emptied).toEqual([quick.connection]);
  writer.drained(slow.connection);
  expect(events.emptied).toEqual([quick.connection, slow.connection]);
});

test("an active connection that has been given everything is reported to no stage", () => {
  const { writer, events } = createWriter();
  const { connection } = scriptedConnection();
  writer.enqueue(connection, frame(1));
  writer.flush();
  expect(events.emptied).toEqual([]);
});
