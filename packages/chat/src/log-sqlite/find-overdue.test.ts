// Which rooms keep too much, looked for a part at a time, whatever the clock said.

import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { findOverdue, lookedAtMax, overdueRoomsMax } from "./find-overdue.ts";
import { aheadMax } from "./retention-bounds.ts";
import { entryId, migrations } from "./schema.ts";

let db: Database;
beforeEach(() => {
  db = new Database(":memory:", { strict: true });
  for (const migration of migrations) db.run(migration);
});
afterEach(() => db.close());

const now = 1_000_000;
const bounds = { keepMs: 1_000, keepEntries: 0, keepBytes: 0 };
const [old, young, ahead] = [now - 1_001, now - 1_000, now + 1];

function room(id: number, times: readonly number[]): void {
  const row = [id, `r${id}`, `r${id}`, times.length, times.length];
  db.run(
    `INSERT INTO room (id, key, name, head, first, entries, bytes, topic)
     VALUES (?, ?, ?, ?, 1, ?, 0, '')`,
    row,
  );
  const put = db.query("INSERT INTO entry VALUES (?, ?, 1, 'm', 'M', NULL, NULL, 'x', 0, NULL, 0)");
  for (const [index, at] of times.entries()) put.run(entryId(id, index + 1), at);
}

/** Keys of all looks, up to the last, and how many looks that took. */
function looks(): { rooms: string[]; count: number } {
  const rooms: string[] = [];
  for (let after = 0, count = 1; ; count += 1) {
    const found = findOverdue(db, { bounds, now, after });
    rooms.push(...found.rooms);
    if (found.next === null) return { rooms, count };
    after = found.next;
  }
}

test("a room is over when its oldest entry is, and one of the future is as old as the next", () => {
  const overdue = [[old], [old, young], [ahead, old], [ahead, ahead, old, young]];
  const kept = [[young], [young, old], [ahead], [ahead, young, old], [ahead, ahead]];
  db.transaction(() => {
    for (const [index, times] of [...overdue, ...kept].entries()) room(index + 1, times);
  })();
  expect(looks().rooms).toEqual(["r1", "r2", "r3", "r4"]);
});

test("entries of the future are passed over as far as a bound", () => {
  db.transaction(() => {
    room(1, [...Array.from({ length: aheadMax }, () => ahead), old]);
    room(2, [...Array.from({ length: aheadMax + 1 }, () => ahead), old]);
  })();
  expect(looks().rooms).toEqual(["r1"]);
});

test("a look ends with the rooms it found or looked at, and the next goes on", () => {
  db.transaction(() => {
    for (let id = 1; id <= lookedAtMax + 1; id += 1) room(id, [id <= 3 ? young : old]);
  })();
  const first = findOverdue(db, { bounds, now, after: 0 });
  expect(first.rooms).toHaveLength(overdueRoomsMax);
  const all = looks();
  expect(all.rooms).toHaveLength(lookedAtMax - 2);
  expect(new Set(all.rooms).size).toBe(lookedAtMax - 2);
  db.run("UPDATE entry SET at = ?", [young]);
  expect(looks()).toEqual({ rooms: [], count: 2 });
});
