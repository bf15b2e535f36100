// How far a room is read, and what a gap does to it.

import { expect, test } from "bun:test";
import type { Entry } from "@maru/protocol/chat";
import { heldMax, presenceHeldMax, type RoomEvent } from "./held-events.ts";
import { RoomCursor } from "./room-cursor.ts";

function message(seq: number): Entry {
  return { type: "message", room: "r", seq, at: 0, from: "bob", text: "x" };
}

const seqsOf = (events: readonly RoomEvent[]) =>
  events.map((event) => (event.type === "presence" ? event.memberCount : event.seq));
const reply = { room: "r", epoch: "e", head: 10, recovered: false };

test("a first join begins at the head", () => {
  const cursor = new RoomCursor("r");
  expect(cursor.joined(reply)).toBe("live");
  expect(cursor.rejoin()).toEqual({ room: "r", after: 10, epoch: "e" });
  expect([10, 11, 11, 12].map((seq) => cursor.accept(message(seq)))).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

test("what the server replays is live", () => {
  const cursor = new RoomCursor("r", 4, "e");
  expect(cursor.joined({ ...reply, recovered: true }, 4)).toBe("live");
  expect(cursor.accept(message(5))).toBe(true);
});

test("a gap holds live entries back until the pages have reached them", () => {
  const cursor = new RoomCursor("r", 4, "e");
  expect(cursor.joined(reply, 4)).toBe("gap");
  expect(cursor.accept(message(11))).toBe(false);
  expect(seqsOf(cursor.page([4, 5, 9].map(message)))).toEqual([5, 9]);
  expect(cursor.caughtUp).toBe(false);
  cursor.page([message(10)]);
  expect(cursor.caughtUp).toBe(true);
  expect(seqsOf(cursor.release())).toEqual([11]);
  expect(cursor.accept(message(12))).toBe(true);
});

test("when too much is held, the oldest are left to the history, never skipped", () => {
  const cursor = new RoomCursor("r", 4, "e");
  cursor.joined(reply, 4);
  const last = 10 + heldMax + 1;
  for (let seq = 11; seq <= last; seq += 1) cursor.accept(message(seq));
  cursor.page([message(10)]);
  expect(cursor.caughtUp).toBe(false);
  const paged: RoomEvent[] = [];
  for (let seq = 11; !cursor.caughtUp; seq += 1) paged.push(...cursor.page([message(seq)]));
  const all = seqsOf([...paged, ...cursor.release()]);
  expect(all).toEqual(Array.from({ length: last - 10 }, (_, index) => index + 11));
});

test("another epoch is another log", () => {
  const cursor = new RoomCursor("r", 4, "e");
  expect(cursor.joined({ ...reply, epoch: "f" }, 4)).toBe("reset");
  expect([cursor.seq, cursor.epoch, cursor.catchingUp]).toEqual([0, "f", true]);
});

test("a seq beyond the head means that the server lost entries", () => {
  const cursor = new RoomCursor("r", 40, "e");
  expect(cursor.joined({ ...reply, recovered: true }, 40)).toBe("reset");
  expect([cursor.seq, cursor.catchingUp]).toEqual([10, false]);
  expect(cursor.accept(message(11))).toBe(true);
});

test("an empty room that was joined and filled meanwhile is a gap", () => {
  const cursor = new RoomCursor("r");
  cursor.joined({ ...reply, head: 0 });
  expect(cursor.joined(reply, 0)).toBe("gap");
});

test("presence beyond the bound becomes the latest count", () => {
  const cursor = new RoomCursor("r", 4, "e");
  cursor.joined(reply, 4);
  const count = presenceHeldMax + 3;
  for (let n = 1; n <= count; n += 1) {
    expect(cursor.accept({ type: "presence", room: "r", memberCount: n, joined: [`n${n}`] })).toBe(
      false,
    );
    if (n === presenceHeldMax) cursor.accept(message(11));
  }
  cursor.page([message(10)]);
  const released = cursor.release();
  expect(released).toHaveLength(presenceHeldMax + 1);
  expect(released.at(0)).toMatchObject({ memberCount: 1, joined: ["n1"] });
  expect(released.at(-2)).toMatchObject({ seq: 11 });
  expect(released.at(-1)).toEqual({ type: "presence", room: "r", memberCount: count });
});

test("presence is live when nothing is caught up with", () => {
  const cursor = new RoomCursor("r");
  cursor.joined(reply);
  expect(cursor.accept({ type: "presence", room: "r", memberCount: 2 })).toBe(true);
});
