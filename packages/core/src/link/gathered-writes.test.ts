import { expect, test } from "bun:test";
import type { DownlinkBatch } from "./downlink.ts";
import { GatheredWrites } from "./gathered-writes.ts";

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
