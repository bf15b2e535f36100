// A window of the newest entries: whatever happens to it, it has no hole and ends at the head.

import { describe, expect, test } from "bun:test";
import type { Entry, NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { RecentEntries } from "./recent-entries.ts";
import type { RoomRow } from "./room-table.ts";

const key = "lobby" as NameKey;
const message = (seq: number): Entry => {
  return { type: "message", room: "lobby", seq, at: 0, from: "mina", text: "x" };
};
const room: RoomRow = {
  id: 1,
  key,
  name: "lobby",
  head: 0,
  first: 1,
  entries: 0,
  bytes: 0,
  topic: "",
  generation: 0,
  spoken: 0,
};
const bounds = { entriesMax: 100, bytesMax: 1_000_000 };

function create(recentEntries = 100) {
  const recent = new RecentEntries({
    recentEntries,
    recentRoomBytes: 1_000_000,
    recentBytes: 1_000_000,
  });
  const add = (seq: number) => {
    recent.apply({ kind: "added", room, entry: message(seq), bytes: entryBytesMax(message(seq)) });
  };
  const read = (after: number, head: number) =>
    recent.read({ key, head, first: 1 }, { after }, bounds)?.entries.map(({ seq }) => seq) ?? null;
  return { recent, add, read };
}

test("what was read before the newest entry came is not taken over without it", () => {
  const { recent, add, read } = create();
  add(4);
  recent.clear();
  recent.prepend(key, [1, 2, 3].map(message), 3, 4);
  add(5);
  expect(read(2, 5)).toBeNull();
  expect(read(4, 5)).toEqual([5]);
});

test("an entry behind a hole begins the window anew", () => {
  const { add, read } = create();
  for (const seq of [1, 2, 4]) add(seq);
  expect(read(2, 4)).toBeNull();
  expect(read(3, 4)).toEqual([4]);
});

test("what was read goes before what came live since, unless that changes it", () => {
  const { recent, add, read } = create();
  add(4);
  recent.prepend(key, [1, 2, 3].map(message), 3, 4);
  expect(read(0, 4)).toEqual([1, 2, 3, 4]);

  const changed = create();
  const edit: Entry = { ...message(4), type: "edit", target: 2, text: "y" } as Entry;
  changed.recent.apply({ kind: "added", room, entry: edit, bytes: entryBytesMax(edit) });
  changed.recent.prepend(key, [1, 2, 3].map(message), 3, 4);
  expect(changed.read(0, 4)).toBeNull();
});

test("a window that ends before the head answers nothing", () => {
  const { add, read } = create();
  add(1);
  expect(read(0, 2)).toBeNull();
  expect(read(0, 1)).toEqual([1]);
});

test("the oldest go when the window is full, and below what is kept", () => {
  const { recent, add, read } = create(8);
  for (let seq = 1; seq <= 9; seq += 1) add(seq);
  expect(read(0, 9)).toBeNull();
  expect(read(5, 9)).toEqual([6, 7, 8, 9]);
  recent.dropBelow(key, 9);
  expect(recent.bytes).toBe(entryBytesMax(message(9)));
});

describe("it asserts, when the log lies to it,", () => {
  test("that a window has no holes, and that an entry stands at its seq's place", () => {
    const { recent, add } = create();
    const lying = message(1);
    recent.apply({ kind: "added", room, entry: lying, bytes: entryBytesMax(lying) });
    add(2);
    lying.seq = 0;
    expect(() => add(3)).toThrow("a window has no holes");
    const edited = { kind: "changed" as const, room, entry: message(1) };
    expect(() => recent.apply(edited)).toThrow("stands at its seq's place");
  });

  test("that what goes was counted when it came", () => {
    const { recent } = create();
    recent.apply({ kind: "added", room, entry: message(1), bytes: 1 });
    expect(() => recent.dropBelow(key, 2)).toThrow("0 ≤ bytes of a window");
    const { recent: other } = create();
    other.apply({ kind: "added", room, entry: message(1), bytes: 1_000 });
    expect(() => other.dropBelow(key, 2)).toThrow("without entries has no bytes");
  });
});
