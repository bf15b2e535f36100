import { expect, test } from "bun:test";
import { lengthPrefixed } from "@maru/protocol";
import { readFrames } from "@maru/testkit";
import { type DownlinkBatch, op, opInts } from "../link/downlink.ts";
import { Group } from "./group.ts";
import { Outbox } from "./outbound.ts";
import { Session } from "./session.ts";

const mebibyte = 1_048_576;

function createOutbox(shards = 2, downlinkBytes = 4 * mebibyte) {
  const batches: DownlinkBatch[][] = Array.from({ length: shards }, () => []);
  const outbox = new Outbox({
    framing: lengthPrefixed,
    deliver: batches.map((list) => (batch) => list.push(batch)),
    frameBytes: 65_536,
    downlinkBytes,
  });
  return { outbox, batches };
}

const session = (connection: number, shard = 0) =>
  new Session(connection, "::1", shard, connection);
const text = (n: number, bytes = 0) => JSON.stringify({ type: "t", n, filler: "x".repeat(bytes) });

/** A batch's ops in words, with the numbers of the messages that they carry. */
function story(batch: DownlinkBatch): string[] {
  const memories = new Map(batch.chunks.map(({ id, memory }) => [id, new Uint8Array(memory)]));
  const lines: string[] = [];
  let chunk: Uint8Array = new Uint8Array(0);
  for (let at = 0; at < batch.ops.length; at += opInts) {
    const [code, first, second, offset, length] = batch.ops.subarray(
      at,
      at + opInts,
    ) as unknown as [number, number, number, number, number];
    const bytes = chunk.subarray(offset, offset + length);
    const said = () => readFrames(bytes).messages.map(({ n }) => n);
    if (code === op.chunk) chunk = memories.get(first) ?? new Uint8Array(0);
    else if (code === op.send) lines.push(`send ${first} answers ${second}: ${said()}`);
    else if (code === op.publish) lines.push(`publish ${first} count ${second}: ${said()}`);
    else if (code === op.close) lines.push(`close ${first}: ${Buffer.from(bytes)}`);
    else if (code === op.join) lines.push(`join ${first} ${second}`);
    else if (code === op.leave) lines.push(`leave ${first} ${second}`);
    else lines.push(`accept ${first}`);
  }
  return lines;
}

test("a tick's messages are gathered: own sends first, then the group's, one run each", () => {
  const { outbox, batches } = createOutbox(1);
  const [ann, room] = [session(1), new Group(9, 1)];
  outbox.join(room, ann);
  outbox.publish(room, text(1));
  outbox.publish(room, text(2));
  outbox.send(ann, text(3), 1);
  outbox.send(ann, text(4), 1);
  outbox.flush();
  expect(batches[0]?.map(story)).toEqual([
    ["join 1 9", "send 1 answers 2: 3,4", "publish 9 count 2: 1,2"],
  ]);
});

test("a join and a leave stand exactly between the publications around them", () => {
  const { outbox, batches } = createOutbox(1);
  const [ann, bob, room] = [session(1), session(2), new Group(9, 1)];
  outbox.join(room, ann);
  outbox.publish(room, text(1));
  outbox.join(room, bob);
  outbox.publish(room, text(2));
  outbox.leave(room, ann);
  outbox.publish(room, text(3));
  outbox.flush();
  expect(batches[0]?.map(story)).toEqual([
    [
      "join 1 9",
      "publish 9 count 1: 1",
      "join 2 9",
      "publish 9 count 1: 2",
      "leave 1 9",
      "publish 9 count 1: 3",
    ],
  ]);
});

test("joining twice is joining once, and leaving twice leaving once", () => {
  const { outbox, batches } = createOutbox(1);
  const [ann, room] = [session(1), new Group(9, 1)];
  for (let twice = 0; twice < 2; twice += 1) outbox.join(room, ann);
  expect(room.membersOfShard).toEqual([1]);
  for (let twice = 0; twice < 2; twice += 1) outbox.leave(room, ann);
  expect(room.membersOfShard).toEqual([0]);
  outbox.flush();
  expect(batches[0]?.map(story)).toEqual([["join 1 9", "leave 1 9"]]);
});

test("a shard without members is sent nothing of a group", () => {
  const { outbox, batches } = createOutbox(2);
  const room = new Group(9, 2);
  outbox.join(room, session(1, 1));
  outbox.publish(room, text(1));
  outbox.flush();
  expect(batches.map((list) => list.length)).toEqual([0, 1]);
});

test("who is forgotten is sent nothing more and counted in no group", () => {
  const { outbox, batches } = createOutbox(1);
  const [ann, room] = [session(1), new Group(9, 1)];
  outbox.join(room, ann);
  outbox.flush();
  outbox.send(ann, text(1), 1);
  outbox.forget(ann);
  outbox.send(ann, text(2), 1);
  outbox.publish(room, text(3));
  outbox.leave(room, ann);
  outbox.close(ann, { code: "late", reason: "", reconnect: "never" });
  outbox.flush();
  expect(room.membersOfShard).toEqual([0]);
  expect(batches[0]).toHaveLength(1);
});

test("a close comes behind all that was said before it, and carries its reason", () => {
  const { outbox, batches } = createOutbox(1);
  const [ann, room] = [session(1), new Group(9, 1)];
  outbox.join(room, ann);
  outbox.send(ann, text(1), 1);
  outbox.publish(room, text(2));
  outbox.close(ann, { code: "c", reason: "r", reconnect: "now" });
  outbox.flush();
  expect(batches[0]?.map(story)).toEqual([
    [
      "join 1 9",
      "send 1 answers 1: 1",
      "publish 9 count 1: 2",
      'close 1: {"code":"c","reason":"r","reconnect":"now"}',
    ],
  ]);
});

test("what needs two chunks is two runs, and answers its commands once", () => {
  const { outbox, batches } = createOutbox(1);
  const [ann, room] = [session(1), new Group(9, 1)];
  outbox.join(room, ann);
  for (let n = 1; n <= 30; n += 1) outbox.send(ann, text(n, 60_000), 1);
  for (let n = 31; n <= 60; n += 1) outbox.publish(room, text(n, 60_000));
  outbox.flush();
  const lines = story(batches[0]?.[0] as DownlinkBatch);
  const sends = lines.filter((line) => line.startsWith("send"));
  const counts = lines.map((line) => Number(/count (\d+)/.exec(line)?.[1] ?? 0));
  expect(sends.length).toBeGreaterThan(1);
  expect(sends.map((line) => Number(/answers (\d+)/.exec(line)?.[1])).filter(Boolean)).toEqual([
    30,
  ]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(30);
  const said = lines.flatMap((line) => /: (.*)$/.exec(line)?.[1]?.split(",") ?? []);
  expect(said.map(Number)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
});

test("an answered uplink is told even when nothing was said, and only then", () => {
  const { outbox, batches } = createOutbox(2);
  outbox.answerUplink(0, 100);
  outbox.answerUplink(0, 23);
  outbox.flush();
  outbox.flush();
  expect(batches[0]?.map(({ creditBytes, answersUplink }) => [creditBytes, answersUplink])).toEqual(
    [[123, true]],
  );
  expect(batches[1]).toEqual([]);
});

test("a shard is shown each chunk once, and its successor all of them again", () => {
  const { outbox, batches } = createOutbox(1);
  const ann = session(1);
  const seen = () => batches[0]?.at(-1)?.chunks.map(({ id }) => id);
  outbox.send(ann, text(1), 0);
  outbox.flush();
  expect(seen()).toEqual([0]);
  outbox.send(ann, text(2), 0);
  outbox.flush();
  expect(seen()).toEqual([]);
  outbox.resetShard(0, true);
  outbox.send(ann, text(3), 0);
  outbox.flush();
  expect(seen()).toEqual([0]);
});

test("is full while a shard is behind by the bound, and no longer when it has caught up", () => {
  const { outbox, batches } = createOutbox(2, 2 * mebibyte);
  const [ann, bob] = [session(1, 0), session(1, 1)];
  outbox.send(bob, text(0), 0);
  outbox.flush();
  for (let tick = 0; tick < 50 && !outbox.isFull; tick += 1) {
    outbox.send(ann, text(tick, 60_000), 0);
    outbox.flush();
    outbox.acknowledge(0, batches[0]?.at(-1)?.batch ?? 0);
  }
  expect(outbox.isFull).toBe(true);
  outbox.acknowledge(1, batches[1]?.at(-1)?.batch ?? 0);
  expect(outbox.isFull).toBe(false);
});

test("a lost shard holds nobody up, nor does its successor that was sent nothing yet", () => {
  const { outbox, batches } = createOutbox(2, 2 * mebibyte);
  const [ann, bob] = [session(1, 0), session(1, 1)];
  outbox.send(bob, text(0), 0);
  outbox.flush();
  outbox.resetShard(1, false);
  outbox.resetShard(1, true);
  outbox.acknowledge(1, 0);
  for (let tick = 0; tick < 100; tick += 1) {
    outbox.send(ann, text(tick, 60_000), 0);
    outbox.flush();
    outbox.acknowledge(0, batches[0]?.at(-1)?.batch ?? 0);
    expect(outbox.isFull).toBe(false);
  }
});
