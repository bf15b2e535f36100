import { expect, test } from "bun:test";
import { lengthPrefixed } from "@maru/protocol";
import { readFrames } from "@maru/testkit";
import { type DownlinkBatch, op, opInts } from "../link/downlink.ts";
import { Outbound } from "./outbound.ts";
import { GroupRecord, SessionRecord } from "./session.ts";

const mebibyte = 1_048_576;

function createOutbound(shards = 2, downlinkBytes = 4 * mebibyte) {
  const batches: DownlinkBatch[][] = Array.from({ length: shards }, () => []);
  const outbound = new Outbound({
    framings: [lengthPrefixed],
    deliver: batches.map((list) => (batch) => list.push(batch)),
    frameBytes: 65_536,
    downlinkBytes,
  });
  return { outbound, batches };
}

const session = (connection: number, shard = 0) =>
  new SessionRecord(connection, "::1", shard, connection);
const text = (n: number, bytes = 0) => JSON.stringify({ type: "t", n, filler: "x".repeat(bytes) });

const closing = (code: string) =>
  JSON.stringify({ type: "close", code, reason: "r", reconnect: "now" });

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
    const codes = () => readFrames(bytes).messages.map((message) => message.code);
    const said = () => readFrames(bytes).messages.map(({ n }) => n);
    if (code === op.chunk) chunk = memories.get(first) ?? new Uint8Array(0);
    else if (code === op.send) lines.push(`send ${first} answers ${second}: ${said()}`);
    else if (code === op.publish) lines.push(`publish ${first} count ${second}: ${said()}`);
    else if (code === op.except) lines.push(`except ${first}: ${said()}`);
    else if (code === op.close) lines.push(`close ${first}: ${codes()}`);
    else if (code === op.join) lines.push(`join ${first} ${second}`);
    else if (code === op.leave) lines.push(`leave ${first} ${second}`);
    else lines.push(`accept ${first}`);
  }
  return lines;
}

test("a tick's messages are gathered: own sends first, then the group's, one run each", () => {
  const { outbound, batches } = createOutbound(1);
  const [ann, room] = [session(1), new GroupRecord(9, 1)];
  outbound.join(room, ann);
  outbound.publish(room, text(1));
  outbound.publish(room, text(2));
  outbound.send(ann, text(3), 1);
  outbound.send(ann, text(4), 1);
  outbound.flush();
  expect(batches[0]?.map(story)).toEqual([
    ["join 1 9", "send 1 answers 2: 3,4", "publish 9 count 2: 1,2"],
  ]);
});

test("a join and a leave stand exactly between the publications around them", () => {
  const { outbound, batches } = createOutbound(1);
  const [ann, bob, room] = [session(1), session(2), new GroupRecord(9, 1)];
  outbound.join(room, ann);
  outbound.publish(room, text(1));
  outbound.join(room, bob);
  outbound.publish(room, text(2));
  outbound.leave(room, ann);
  outbound.publish(room, text(3));
  outbound.flush();
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
  const { outbound, batches } = createOutbound(1);
  const [ann, room] = [session(1), new GroupRecord(9, 1)];
  for (let twice = 0; twice < 2; twice += 1) outbound.join(room, ann);
  expect(room.members).toEqual([[1]]);
  for (let twice = 0; twice < 2; twice += 1) outbound.leave(room, ann);
  expect(room.members).toEqual([[0]]);
  outbound.flush();
  expect(batches[0]?.map(story)).toEqual([["join 1 9", "leave 1 9"]]);
});

test("a shard without members is sent nothing of a group", () => {
  const { outbound, batches } = createOutbound(2);
  const room = new GroupRecord(9, 2);
  outbound.join(room, session(1, 1));
  outbound.publish(room, text(1));
  outbound.flush();
  expect(batches.map((list) => list.length)).toEqual([0, 1]);
});

test("what one member does not get stands in its shard's batch, ahead of the one run for all", () => {
  const { outbound, batches } = createOutbound(2);
  const [ann, bob, room] = [session(1, 0), session(1, 1), new GroupRecord(9, 2)];
  for (const member of [ann, bob]) outbound.join(room, member);
  outbound.publish(room, text(1));
  outbound.publish(room, text(2), ann);
  outbound.publish(room, text(3), bob);
  outbound.publish(room, text(4), session(7));
  outbound.leave(room, bob);
  outbound.publish(room, text(5));
  outbound.flush();
  expect(batches.map(([batch]) => story(batch as DownlinkBatch))).toEqual([
    ["join 1 9", "except 1: 2", "publish 9 count 4: 1,2,3,4", "publish 9 count 1: 5"],
    ["join 1 9", "except 1: 3", "publish 9 count 4: 1,2,3,4", "leave 1 9"],
  ]);
});

test("an exception stands with its own message where a publication needs two chunks", () => {
  const { outbound, batches } = createOutbound(1);
  const [ann, room] = [session(1), new GroupRecord(9, 1)];
  outbound.join(room, ann);
  for (let n = 1; n <= 40; n += 1)
    outbound.publish(room, text(n, 60_000), n % 20 === 0 ? ann : null);
  outbound.flush();
  const lines = story(batches[0]?.[0] as DownlinkBatch);
  for (const [index, line] of lines.entries()) {
    const excepted = /^except 1: (\d+)$/.exec(line)?.[1];
    if (excepted === undefined) continue;
    expect(lines[index + 1]?.split(": ")[1]?.split(",")).toContain(excepted);
  }
  expect(lines.filter((line) => line.startsWith("except"))).toEqual([
    "except 1: 20",
    "except 1: 40",
  ]);
});

test("who is forgotten is sent nothing more and counted in no group", () => {
  const { outbound, batches } = createOutbound(1);
  const [ann, room] = [session(1), new GroupRecord(9, 1)];
  outbound.join(room, ann);
  outbound.flush();
  outbound.send(ann, text(1), 1);
  outbound.forget(ann);
  outbound.send(ann, text(2), 1);
  outbound.publish(room, text(3));
  outbound.leave(room, ann);
  outbound.close(ann, closing("late"));
  outbound.flush();
  expect(room.members).toEqual([[0]]);
  expect(batches[0]).toHaveLength(1);
});

test("a close comes behind all that was said before it, as the frame that tells its reason", () => {
  const { outbound, batches } = createOutbound(1);
  const [ann, room] = [session(1), new GroupRecord(9, 1)];
  outbound.join(room, ann);
  outbound.send(ann, text(1), 1);
  outbound.publish(room, text(2));
  outbound.close(ann, closing("c"));
  outbound.flush();
  expect(batches[0]?.map(story)).toEqual([
    ["join 1 9", "send 1 answers 1: 1", "publish 9 count 1: 2", "close 1: c"],
  ]);
});

test("what needs two chunks is two runs, and answers its commands once", () => {
  const { outbound, batches } = createOutbound(1);
  const [ann, room] = [session(1), new GroupRecord(9, 1)];
  outbound.join(room, ann);
  for (let n = 1; n <= 30; n += 1) outbound.send(ann, text(n, 60_000), 1);
  for (let n = 31; n <= 60; n += 1) outbound.publish(room, text(n, 60_000));
  outbound.flush();
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
  const { outbound, batches } = createOutbound(2);
  outbound.answerUplink(0, 100);
  outbound.answerUplink(0, 23);
  outbound.flush();
  outbound.flush();
  expect(batches[0]?.map(({ creditBytes, answersUplink }) => [creditBytes, answersUplink])).toEqual(
    [[123, true]],
  );
  expect(batches[1]).toEqual([]);
});

test("a shard is shown each chunk once, and its successor all of them again", () => {
  const { outbound, batches } = createOutbound(1);
  const ann = session(1);
  const seen = () => batches[0]?.at(-1)?.chunks.map(({ id }) => id);
  outbound.send(ann, text(1), 0);
  outbound.flush();
  expect(seen()).toEqual([0]);
  outbound.send(ann, text(2), 0);
  outbound.flush();
  expect(seen()).toEqual([]);
  outbound.resetShard(0, true);
  outbound.send(ann, text(3), 0);
  outbound.flush();
  expect(seen()).toEqual([0]);
});

test("is full while a shard is behind by the bound, and no longer when it has caught up", () => {
  const { outbound, batches } = createOutbound(2, 2 * mebibyte);
  const [ann, bob] = [session(1, 0), session(1, 1)];
  outbound.send(bob, text(0), 0);
  outbound.flush();
  for (let tick = 0; tick < 50 && !outbound.isFull; tick += 1) {
    outbound.send(ann, text(tick, 60_000), 0);
    outbound.flush();
    outbound.acknowledge(0, batches[0]?.at(-1)?.batch ?? 0);
  }
  expect(outbound.isFull).toBe(true);
  outbound.acknowledge(1, batches[1]?.at(-1)?.batch ?? 0);
  expect(outbound.isFull).toBe(false);
});

test("a lost shard holds no other up, nor does its successor that was sent nothing yet", () => {
  const { outbound, batches } = createOutbound(2, 2 * mebibyte);
  const [ann, bob] = [session(1, 0), session(1, 1)];
  outbound.send(bob, text(0), 0);
  outbound.flush();
  outbound.resetShard(1, false);
  outbound.resetShard(1, true);
  outbound.acknowledge(1, 0);
  for (let tick = 0; tick < 100; tick += 1) {
    outbound.send(ann, text(tick, 60_000), 0);
    outbound.flush();
    outbound.acknowledge(0, batches[0]?.at(-1)?.batch ?? 0);
    expect(outbound.isFull).toBe(false);
  }
});
