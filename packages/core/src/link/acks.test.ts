import { expect, jest, test } from "bun:test";
import { BatchAcks, GatheredWrites } from "./acks.ts";
import type { DownlinkBatch } from "./downlink.ts";

function collect() {
  const told: number[] = [];
  return { told, acks: new BatchAcks((batch) => told.push(batch)) };
}

test("a batch is told by itself after a while, if nothing else took it along", () => {
  jest.useFakeTimers();
  try {
    const { told, acks } = collect();
    acks.applied(1, 0);
    acks.applied(2, 10);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([2]);
    jest.advanceTimersByTime(10_000);
    expect(told).toEqual([2]);
  } finally {
    jest.useRealTimers();
  }
});

test("a batch that was taken along is not told again", () => {
  jest.useFakeTimers();
  try {
    const { told, acks } = collect();
    acks.applied(3, 10);
    expect(acks.take()).toBe(3);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
    acks.applied(4, 10);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([4]);
  } finally {
    jest.useRealTimers();
  }
});

test("much memory is told at once", () => {
  const { told, acks } = collect();
  acks.applied(1, 262_143);
  expect(told).toEqual([]);
  acks.applied(2, 1);
  expect(told).toEqual([2]);
  acks.stop();
});

const batchOf = (batch: number): DownlinkBatch => ({
  batch,
  ops: new Int32Array(0),
  chunks: [],
  creditBytes: 0,
  answersUplink: false,
});

/** What happened, in order. */
function createGathered() {
  const seen: string[] = [];
  const shard = {
    apply: ({ batch }: DownlinkBatch) => {
      seen.push(`apply ${batch}`);
      return batch * 100;
    },
    flush: () => void seen.push("flush"),
  };
  const acks = { applied: (batch: number, bytes: number) => void seen.push(`${batch}: ${bytes}`) };
  return { seen, writes: new GatheredWrites(shard, acks) };
}

const turn = () => new Promise(setImmediate);

test("batches of one turn are written at once, and acknowledged when they are written", async () => {
  const { seen, writes } = createGathered();
  for (const batch of [1, 2, 3]) writes.take(batchOf(batch));
  expect(seen).toEqual(["apply 1", "apply 2", "apply 3"]);
  await turn();
  expect(seen.slice(3)).toEqual(["flush", "3: 600"]);
});

test("the next turn's batches are written by themselves", async () => {
  const { seen, writes } = createGathered();
  writes.take(batchOf(1));
  await turn();
  writes.take(batchOf(2));
  await turn();
  expect(seen).toEqual(["apply 1", "flush", "1: 100", "apply 2", "flush", "2: 200"]);
});
