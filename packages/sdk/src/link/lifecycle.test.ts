// The client's states, one transition at a time.

import { expect, test } from "bun:test";
import { localError } from "../base/maru-error.ts";
import { firstLifecycle, type Lifecycle, type LifecycleInput, transition } from "./lifecycle.ts";

const policy = { backoff: { minMs: 100, maxMs: 1000 }, retryFirst: false };
const reason = localError("connection_lost");
const welcomed: LifecycleInput = { type: "welcomed", nowMs: 0 };

function lost(nowMs: number, fields: Partial<LifecycleInput & { type: "lost" }> = {}) {
  return { type: "lost", reason, reconnect: "backoff", nowMs, draw: 0.5, ...fields } as const;
}

function after(...inputs: LifecycleInput[]): Lifecycle {
  return inputs.reduce((current, input) => transition(current, input, policy), firstLifecycle);
}

test("goes online when welcomed, and waits when that is lost", () => {
  expect(after(welcomed).state).toEqual({ phase: "online", again: false, sinceMs: 0 });
  expect(after(welcomed, lost(10)).state).toEqual({
    phase: "waiting",
    untilMs: 60,
    attempt: 1,
    reason,
  });
  expect(after(welcomed, lost(10), { type: "retry" }).state).toEqual({
    phase: "connecting",
    attempt: 1,
  });
});

test("the first connection fails for good unless told otherwise", () => {
  expect(after(lost(0)).state).toEqual({ phase: "closed", reason });
  const patient = transition(firstLifecycle, lost(0), { ...policy, retryFirst: true });
  expect(patient.state.phase).toBe("waiting");
});

test("never means never, and without a backoff every loss does", () => {
  expect(after(welcomed, lost(0, { reconnect: "never" })).state.phase).toBe("closed");
  const online = after(welcomed);
  const lone = transition(online, lost(0), { backoff: null, retryFirst: true });
  expect(lone.state.phase).toBe("closed");
});

test("a connection that did not last does not start the backoff afresh", () => {
  const flapping = after(
    welcomed,
    lost(10),
    { type: "retry" },
    { ...welcomed, nowMs: 20 },
    lost(30),
  );
  expect(flapping.attempt).toBe(2);
  const stable = transition(
    after(welcomed, lost(10), { type: "retry" }, { ...welcomed, nowMs: 20 }),
    lost(20_000),
    policy,
  );
  expect(stable.attempt).toBe(1);
});

test("whatever was tried before it, a welcome begins the backoff anew", () => {
  const retry = { type: "retry" } as const;
  const patient = { ...policy, retryFirst: true };
  const tried = [...Array.from({ length: 20 }, () => [lost(0), retry]).flat(), welcomed];
  for (const lastedMs of [0, 10, 20_000]) {
    const bye = lost(lastedMs, { afterMs: 500, draw: 0.999 });
    const waiting = [...tried, bye].reduce(
      (current, input) => transition(current, input, patient),
      firstLifecycle,
    );
    expect(waiting.state).toMatchObject({ attempt: 1, untilMs: lastedMs + 500 + 99 });
  }
});

test("connections that do not last are counted across attempts that came to nothing", () => {
  const flap = [{ ...welcomed, nowMs: 0 }, lost(1), { type: "retry" }] as const;
  const failed = [lost(1), { type: "retry" }] as const;
  expect(after(...flap, ...failed, ...failed, ...flap).attempt).toBe(2);
  expect(after(...flap, ...flap, ...failed).attempt).toBe(3);
});

test("closed is the end: no input changes it", () => {
  const closed = after(welcomed, { type: "close" });
  expect(closed.state).toMatchObject({ phase: "closed", reason: { code: "closed" } });
  for (const input of [welcomed, lost(0), { type: "retry" } as const]) {
    expect(transition(closed, input, policy)).toBe(closed);
  }
});
