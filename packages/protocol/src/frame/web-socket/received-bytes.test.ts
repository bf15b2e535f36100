import { expect, test } from "bun:test";
import { textOf } from "../../../test/bytes.ts";
import { ReceivedBytes } from "./received-bytes.ts";

const chunk = (text: string) => new Uint8Array(Buffer.from(text));

test("gives back what came, over the ends of chunks, and holds nothing when it is empty", () => {
  const received = new ReceivedBytes();
  for (const text of ["on", "", "e tw", "o three"]) received.push(chunk(text));
  expect(["one ", "two ", "three"].map((text) => textOf(received.take(text.length)))).toEqual([
    "one ",
    "two ",
    "three",
  ]);
  expect([received.length, received.bytes.length]).toEqual([0, 0]);
});

test("a view that was taken keeps its bytes when more come", () => {
  const received = new ReceivedBytes();
  received.push(chunk("taken, "));
  const view = received.take(5);
  for (const text of ["kept and ", "more"]) received.push(chunk(text));
  expect(textOf(view)).toBe("taken");
  expect(textOf(received.take(received.length))).toBe(", kept and more");
});

test("a large chunk is let go when little of it is left, whole chunks that wait are not copied", () => {
  const received = new ReceivedBytes();
  const large = new Uint8Array(100_000);
  received.push(large);
  received.trim();
  expect(received.bytes).toBe(large);
  received.take(99_999);
  received.trim();
  expect(received.bytes.buffer.byteLength).toBeLessThanOrEqual(4 * received.length + 4_096);
  expect(received.length).toBe(1);
});

test("asserts that no more is taken than has come", () => {
  const received = new ReceivedBytes();
  received.push(chunk("four"));
  expect(() => received.take(5)).toThrow("0 ≤ start ≤ end");
});
