// The queue between the socket and the reader of events.

import { expect, test } from "bun:test";
import { EventQueue } from "./event-queue.ts";

test("gives a waiting reader each event at once", async () => {
  const queue = new EventQueue<number>(() => {});
  const events = queue.read();
  const next = events.next();
  queue.push(1);
  expect(await next).toEqual({ done: false, value: 1 });
  expect(queue.length).toBe(0);
});

test("keeps what is not read, says when one is taken, and ends after the last", async () => {
  let taken = 0;
  const queue = new EventQueue<number>(() => {
    taken += 1;
  });
  for (const event of [1, 2, 3]) queue.push(event);
  queue.end();
  queue.push(4);
  const seen: number[] = [];
  for await (const event of queue.read()) seen.push(event);
  expect([seen, taken]).toEqual([[1, 2, 3], 3]);
});

test("replaces the newest unread event", async () => {
  const queue = new EventQueue<number>(() => {});
  queue.push(1);
  queue.push(2);
  expect(queue.last).toBe(2);
  queue.replaceLast(3);
  queue.end();
  const seen: number[] = [];
  for await (const event of queue.read()) seen.push(event);
  expect(seen).toEqual([1, 3]);
  expect(queue.last).toBeNull();
});

test("ends a reader that waits", async () => {
  const queue = new EventQueue<number>(() => {});
  const next = queue.read().next();
  queue.end();
  expect((await next).done).toBe(true);
});

test("a reader that leaves while it waits takes no event with it", async () => {
  const queue = new EventQueue<number>(() => {});
  const first = queue.read();
  const next = first.next();
  await first.return?.();
  queue.push(1);
  expect((await next).done).toBe(true);
  expect(await queue.read().next()).toEqual({ done: false, value: 1 });
});
