// The order of unacknowledged sends, through refusals and lost connections.

import { describe, expect, test } from "bun:test";
import { systemClock } from "@maru/protocol";
import type { CommandBody } from "../base/message.ts";
import { Outbox } from "./outbox.ts";
import { createRequest, type Request } from "./request.ts";

function send(serial: number, text = "x"): Request {
  return put({ type: "send", room: "r", text }, serial, "paced");
}

function topic(serial: number): Request {
  return put({ type: "topic", room: "r", topic: "tea" }, serial, "alone");
}

function put(body: CommandBody, serial: number, outbox: "paced" | "alone"): Request {
  const { request, promise } = createRequest(body, {
    reply: "sent",
    rule: { repeatable: true, sendsBefore: "any", outbox },
    serial,
    bytes: JSON.stringify(body).length,
    timeoutMs: null,
    clock: systemClock,
    onGivenUp: () => {},
  });
  promise.catch(() => {});
  return request;
}

function filled(count: number) {
  const outbox = new Outbox();
  const sends = Array.from({ length: count }, (_, index) => send(index + 1));
  for (const request of sends) outbox.add(request);
  return { outbox, sends };
}

function write(outbox: Outbox, count: number): number[] {
  const serials: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const request = outbox.next();
    if (request === null) break;
    serials.push(request.serial);
    outbox.written();
  }
  return serials;
}

test("hands out sends in order, and forgets what is done", () => {
  const { outbox, sends } = filled(3);
  expect(write(outbox, 9)).toEqual([1, 2, 3]);
  for (const request of sends) outbox.done(request);
  expect([outbox.size, outbox.bytes]).toEqual([0, 0]);
});

test("after a lost connection everything unacknowledged is handed out again, in order", () => {
  const { outbox, sends } = filled(5);
  write(outbox, 3);
  outbox.done(sends[1] as Request);
  outbox.connectionLost();
  expect(write(outbox, 9)).toEqual([1, 3, 4, 5]);
});

test("a refused send waits for the wire to be empty, then goes before the rest", () => {
  const { outbox, sends } = filled(4);
  write(outbox, 3);
  outbox.returned(sends[0] as Request);
  outbox.returned(sends[1] as Request);
  expect(outbox.next()).toBeNull();
  outbox.done(sends[2] as Request);
  expect(write(outbox, 9)).toEqual([1, 2, 4]);
});

test("knows what an ordered command would overtake", () => {
  const { outbox, sends } = filled(2);
  expect([outbox.waitsBefore(1), outbox.waitsBefore(2)]).toEqual([false, true]);
  write(outbox, 2);
  expect(outbox.waitsBefore(3)).toBe(false);
  expect([outbox.holdsBefore(1), outbox.holdsBefore(2)]).toEqual([false, true]);
  for (const request of sends) outbox.done(request);
  expect(outbox.holdsBefore(3)).toBe(false);
});

test("counts the bytes of what is unacknowledged", () => {
  const outbox = new Outbox();
  const small = send(1, "a");
  const large = send(2, "a".repeat(300));
  outbox.add(small);
  outbox.add(large);
  expect(outbox.bytes).toBe(small.bytes + large.bytes);
  expect(large.bytes - small.bytes).toBe(299);
  outbox.done(large);
  outbox.done(large);
  expect(outbox.bytes).toBe(small.bytes);
});

test("nothing follows what goes alone before its answer, and a refused one keeps its place", () => {
  const outbox = new Outbox();
  const [first, alone, last] = [send(1), topic(2), send(3)];
  for (const request of [first, alone, last]) outbox.add(request);
  expect(write(outbox, 9)).toEqual([1, 2]);
  outbox.returned(alone);
  expect(outbox.next()).toBeNull();
  outbox.done(first);
  expect(write(outbox, 9)).toEqual([2]);
  outbox.done(alone);
  expect(write(outbox, 9)).toEqual([3]);
});

test("what goes alone holds nothing up once it is given up, or its connection is gone", () => {
  const outbox = new Outbox();
  const requests = [topic(1), topic(2), send(3)];
  for (const request of requests) outbox.add(request);
  expect(write(outbox, 9)).toEqual([1]);
  outbox.done(requests[0] as Request);
  expect(write(outbox, 9)).toEqual([2]);
  outbox.connectionLost();
  expect(outbox.requests.map(({ serial }) => serial)).toEqual([2, 3]);
  expect(write(outbox, 9)).toEqual([2]);
});

describe("it asserts", () => {
  test("that nothing is written behind a request that goes alone", () => {
    const outbox = new Outbox();
    for (const request of [topic(1), send(2)]) outbox.add(request);
    outbox.written();
    expect(() => outbox.written()).toThrow("behind a request that goes alone");
  });

  test("that what is on the wire ascends", () => {
    const outbox = new Outbox();
    for (const request of [send(2), send(1)]) outbox.add(request);
    outbox.written();
    expect(() => outbox.written()).toThrow("in ascending order of serials");
  });

  test("that it has the bytes of what is in it", () => {
    const { outbox, sends } = filled(2);
    const [first, second] = sends as [Request, Request];
    Object.assign(second, { bytes: second.bytes + 1 });
    outbox.done(first);
    expect(() => outbox.done(second)).toThrow("the bytes of what is in it");
  });
});
