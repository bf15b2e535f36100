import { expect, test } from "bun:test";
import { OpWriter, op, opInts } from "./downlink.ts";

const records = (ops: Int32Array) =>
  Array.from({ length: ops.length / opInts }, (_, index) => [
    ...ops.slice(index * opInts, (index + 1) * opInts),
  ]);

test("records come out as they went in, with the chunk named before the first bytes in it", () => {
  const writer = new OpWriter();
  writer.push(op.join, 7, 3);
  writer.pushBytes(op.send, 7, 1, 0, 100, 20);
  writer.pushBytes(op.publish, 3, 2, 0, 120, 30);
  writer.pushBytes(op.publish, 3, 1, 4, 0, 10);
  expect(records(writer.take())).toEqual([
    [op.join, 7, 3, 0, 0],
    [op.chunk, 0, 0, 0, 0],
    [op.send, 7, 1, 100, 20],
    [op.publish, 3, 2, 120, 30],
    [op.chunk, 4, 0, 0, 0],
    [op.publish, 3, 1, 0, 10],
  ]);
});

test("each batch names its chunks again: its reader may know nothing of the one before", () => {
  const writer = new OpWriter();
  writer.pushBytes(op.send, 1, 0, 5, 0, 1);
  writer.take();
  expect(writer.isEmpty).toBe(true);
  writer.pushBytes(op.send, 1, 0, 5, 1, 1);
  expect(records(writer.take())[0]).toEqual([op.chunk, 5, 0, 0, 0]);
});

test("what was taken is the taker's and never written again", () => {
  const writer = new OpWriter();
  writer.push(op.leave, 1, 2);
  const taken = writer.take();
  writer.push(op.join, 9, 9);
  expect(records(taken)).toEqual([[op.leave, 1, 2, 0, 0]]);
});

test("grows with the tick and loses no record", () => {
  const writer = new OpWriter();
  for (let id = 1; id <= 10_000; id += 1) writer.push(op.join, id, 1);
  expect(records(writer.take()).map(([, id]) => id)).toEqual(
    Array.from({ length: 10_000 }, (_, index) => index + 1),
  );
});
