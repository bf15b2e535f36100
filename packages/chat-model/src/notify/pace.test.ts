import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  type Call,
  callText,
  due,
  noPace,
  notifyIntervalMs,
  type Pace,
  pace,
  pacedRoomsMax,
} from "./pace.ts";

const call = (text: string, room = "den", kind: Call["kind"] = "message") => ({
  room,
  from: "bob",
  text,
  kind,
});

test("the first of a room calls at once; what follows waits, and is told as one", () => {
  const first = pace(noPace, call("1"), 1_000);
  expect(first).toMatchObject({ calls: [{ text: "1", more: 0 }], nextMs: null });
  let current = first.pace;
  for (const text of ["2", "3", "4", "5"]) {
    const paced = pace(current, call(text), 1_500);
    expect(paced).toMatchObject({ calls: [], nextMs: 1_000 + notifyIntervalMs });
    current = paced.pace;
  }
  expect(due(current, 1_000 + notifyIntervalMs - 1).calls).toEqual([]);
  const after = due(current, 1_000 + notifyIntervalMs);
  expect(after.calls.map(callText)).toEqual(["5 (3 more)"]);
  expect(after.nextMs).toBeNull();
  expect(due(after.pace, 1_000 + 2 * notifyIntervalMs)).toMatchObject({ calls: [], nextMs: null });
  expect(due(after.pace, 1_000 + 2 * notifyIntervalMs).pace.size).toBe(0);
});

test("a mention is not hidden behind the messages that follow it", () => {
  let { pace: current } = pace(noPace, call("first"), 0);
  for (const [text, kind] of [
    ["chatter", "message"],
    ["ann: look", "mention"],
    ["more chatter", "message"],
  ] as const) {
    current = pace(current, call(text, "den", kind), 1).pace;
  }
  expect(due(current, notifyIntervalMs).calls).toEqual([
    { ...call("ann: look", "den", "mention"), more: 2 },
  ]);
});

test("rooms don't wait for each other", () => {
  const { pace: current } = pace(noPace, call("1"), 0);
  expect(pace(current, call("1", "attic"), 1).calls).toHaveLength(1);
});

test("so many rooms at once; one more is not called for, until the others were quiet", () => {
  let current: Pace = noPace;
  for (let n = 0; n < pacedRoomsMax; n += 1) {
    const paced = pace(current, call("x", `room-${n}`), 0);
    expect(paced.calls).toHaveLength(1);
    current = paced.pace;
  }
  expect(pace(current, call("x", "one more"), 1).calls).toEqual([]);
  expect(pace(current, call("x", "one more"), notifyIntervalMs).calls).toHaveLength(1);
});

test("a clock that is set back silences no room", () => {
  const { pace: current } = pace(noPace, call("1"), 1_000_000);
  expect(pace(current, call("2"), 5).calls).toHaveLength(1);
});

test("each call stands for what it says, none is lost, and none comes too soon", () => {
  const arrival = fc.record({ afterMs: fc.nat(1_500), room: fc.constantFrom("den", "attic") });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 60 }), (arrivals) => {
      let nowMs = 0;
      let current = noPace;
      let nextMs: number | null = null;
      const made: { room: string; atMs: number; more: number }[] = [];
      const take = (paced: ReturnType<typeof due>) => {
        current = paced.pace;
        nextMs = paced.nextMs;
        for (const { room, more } of paced.calls) made.push({ room, atMs: nowMs, more });
      };
      const runUntil = (untilMs: number) => {
        while (nextMs !== null && nextMs <= untilMs) {
          nowMs = nextMs;
          take(due(current, nowMs));
        }
        nowMs = untilMs;
      };
      for (const { afterMs, room } of arrivals) {
        runUntil(nowMs + afterMs);
        take(pace(current, call("x", room), nowMs));
      }
      runUntil(nowMs + 10 * notifyIntervalMs);
      for (const room of ["den", "attic"]) {
        const calls = made.filter((each) => each.room === room);
        const told = calls.reduce((sum, { more }) => sum + more + 1, 0);
        expect(told).toBe(arrivals.filter((each) => each.room === room).length);
        for (const [at, { atMs }] of calls.entries()) {
          const former = calls[at - 1];
          if (former !== undefined)
            expect(atMs - former.atMs).toBeGreaterThanOrEqual(notifyIntervalMs);
        }
      }
    }),
  );
});
