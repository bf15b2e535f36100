// How much an inbox counts through for one page: entries and bytes of all its rooms together.

import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { unreadMax } from "@maru/protocol/chat";
import type { Unread } from "../room-log.ts";
import { countWorkUs, readInbox } from "./read-inbox.ts";
import { entryId, migrations } from "./schema.ts";

let db: Database;
beforeEach(() => {
  db = new Database(":memory:", { strict: true });
  for (const migration of migrations) db.run(migration);
});
afterEach(() => db.close());

interface Given {
  readonly entries: number;
  readonly bytes?: number;
  readonly account?: string;
}

/** Rooms that `mina` has marked as unread, each of as many messages of `bytes` each. */
function fill(rooms: number, { entries, bytes = 0, account = "mina" }: Given): void {
  const put = db.query(
    "INSERT INTO entry VALUES (?, 1, 1, ?, 'Mina', NULL, NULL, 'text', 0, NULL, 0)",
  );
  db.transaction(() => {
    for (let room = 1; room <= rooms; room += 1) {
      const name = `room${10 + room}`;
      const row = [room, name, name, entries, entries, entries * bytes];
      db.run(
        `INSERT INTO room (id, key, name, head, first, entries, bytes, topic)
         VALUES (?, ?, ?, ?, 1, ?, ?, '')`,
        row,
      );
      db.run("INSERT INTO marker (account, room, seq) VALUES ('mina', ?, 0)", [room]);
      for (let seq = 1; seq <= entries; seq += 1) put.run(entryId(room, seq), account);
    }
  })();
}

function pages(): (readonly Unread[])[] {
  const all: (readonly Unread[])[] = [];
  for (let after = ""; ; ) {
    const page = readInbox(db, "identity", { account: "mina", after, roomsMax: 50 });
    expect(page.rooms.length).toBeGreaterThan(0);
    all.push(page.rooms);
    if (!page.more) return all;
    after = page.rooms.at(-1)?.key ?? "";
  }
}

const sizes = () => pages().map(({ length }) => length);

test("rooms of which little is to be counted come on one page", () => {
  fill(5, { entries: 100 });
  expect(sizes()).toEqual([5]);
});

test("a page ends with the work, and every room is on one, in order", () => {
  const each = countWorkUs / 2;
  fill(5, { entries: each });
  expect(sizes()).toEqual([2, 2, 1]);
  expect(pages().flatMap((rooms) => rooms.map(({ name }) => name))).toEqual(
    [11, 12, 13, 14, 15].map((number) => `room${number}`),
  );
});

test("bytes count too: what is of long texts lies far apart", () => {
  fill(4, { entries: 1_000, bytes: 9_000 });
  expect(sizes()).toEqual([1, 1, 1, 1]);
});

test("what has as many unread as are told is counted no further", () => {
  fill(4, { entries: 5_000, account: "jun" });
  const [first = []] = pages();
  expect(first).toHaveLength(4);
  expect(first.every(({ unread }) => unread === unreadMax)).toBe(true);
});
