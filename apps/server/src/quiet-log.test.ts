import { expect, test } from "bun:test";
import type { LogFields } from "@maru/core";
import { heldMax, quietLog, quietMs } from "./quiet-log.ts";

function watched() {
  const told: string[] = [];
  let due: (() => void) | null = null;
  const quiet = quietLog(
    (_level, event, fields: LogFields = {}) => {
      told.push([event, ...Object.entries(fields).flat()].join(" "));
    },
    (ms, run) => {
      expect(ms).toBe(quietMs);
      expect(due).toBeNull();
      due = run;
    },
  );
  const minute = () => {
    const run = due;
    due = null;
    run?.();
  };
  return { told, quiet, minute };
}

test("of one kind the first is told at once, and at the end of the time the last, with their number", () => {
  const { told, quiet, minute } = watched();
  for (let n = 0; n < 5; n += 1) quiet.log("info", "connection.slow", { connection: n });
  expect(told).toEqual(["connection.slow connection 0"]);
  minute();
  expect(told.slice(1)).toEqual(["connection.slow connection 4 times 4"]);
  quiet.log("info", "connection.slow", { connection: 9 });
  expect(told).toHaveLength(2);
  minute();
  expect(told.slice(2)).toEqual(["connection.slow connection 9 times 1"]);
  minute();
  expect(told).toHaveLength(3);
  quiet.log("info", "connection.slow", { connection: 10 });
  expect(told.slice(3)).toEqual(["connection.slow connection 10"]);
});

test("what comes and goes in turn is told in the order in which it happened last", () => {
  const { told, quiet, minute } = watched();
  for (let n = 0; n < 3; n += 1) {
    quiet.log("error", "storage.unavailable");
    quiet.log("info", "storage.recovered");
  }
  quiet.log("error", "storage.unavailable");
  minute();
  expect(told).toEqual([
    "storage.unavailable",
    "storage.recovered",
    "storage.recovered times 2",
    "storage.unavailable times 3",
  ]);
});

test("events about different things are different kinds, and what is held is told at the end", () => {
  const { told, quiet } = watched();
  for (let n = 0; n < 4; n += 1) quiet.log("error", "shard.lost", { shard: n % 2 });
  expect(told).toEqual(["shard.lost shard 0", "shard.lost shard 1"]);
  quiet.flush();
  expect(told.slice(2)).toEqual(["shard.lost shard 0 times 1", "shard.lost shard 1 times 1"]);
});

test("more kinds than may be held back are told as they come", () => {
  const { told, quiet } = watched();
  for (let round = 0; round < 2; round += 1) {
    for (let shard = 0; shard <= heldMax; shard += 1) quiet.log("info", "x", { shard });
  }
  expect(told).toHaveLength(heldMax + 2);
});
