// Rooms in which nothing stands, and markers that were not set for long: what is left of them, and that
// no seq and no number of a room is given twice.

import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MarkerWriter } from "../../src/log-sqlite/marker-rows.ts";
import { migrations } from "../../src/log-sqlite/schema.ts";
import { keyOf } from "../chat-fixture.ts";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

const marked = (log: DrivenLog, account: string, room = "lobby", seq = 0) =>
  log.ask({ kind: "mark", room: keyOf(room), account, seq, mayAdd: true, tag: 0 });

function rowsOf(directory: string, sql: string): unknown[] {
  const db = new Database(join(directory, "maru.db"), { readonly: true });
  const rows = db.query(sql).values();
  db.close();
  return rows;
}

/** A directory as version 1 left it, with what `sql` does besides. */
function ofSchema1(...sql: string[]): string {
  const directory = dataDirectory();
  const db = new Database(join(directory, "maru.db"), { create: true });
  db.run(readFileSync(join(import.meta.dir, "fixtures/schema-1.sql"), "utf8"));
  for (const one of sql) db.run(one);
  db.close();
  return directory;
}

/** What version 1 made of every mark of a conversation. */
const markedRooms = (count: number) => `
  WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < ${count + 2})
  INSERT INTO room SELECT i, '@mallory+x' || i, '@mallory+x' || i, 0, 1, 0, 0, '' FROM n`;
const theirMarkers = "INSERT INTO marker SELECT 'mallory', id, 0 FROM room WHERE id > 2";
const theirPeople = `INSERT INTO participant SELECT 'mallory', id FROM room WHERE id > 2
  UNION ALL SELECT substr(key, 10), id FROM room WHERE id > 2`;

test("what version 1 made of marks is gone after a start, and its numbers are given again", async () => {
  const directory = ofSchema1(markedRooms(2_500), theirMarkers, theirPeople);
  const events: string[] = [];
  const log = new DrivenLog(directory, {
    report: (_level, event, { rooms = "" }) => events.push(`${event} ${rooms}`),
  });
  expect(events).toEqual(["storage.rooms-removed 2500"]);
  expect((await log.inbox("mallory")).rooms).toEqual([]);
  expect((await log.inbox("x7")).rooms).toEqual([]);
  expect(rowsOf(directory, "SELECT id FROM room ORDER BY id")).toEqual([[1], [2]]);
  for (const table of ["marker", "participant"]) {
    expect(rowsOf(directory, `SELECT count(*) FROM ${table} WHERE room > 2`)).toEqual([[0]]);
  }
  for (let n = 0; n < 5; n += 1) await log.say("hi", { room: `new${n}` });
  const [[highest]] = rowsOf(directory, "SELECT max(id) FROM room") as [[number]];
  expect(highest).toBeLessThanOrEqual(2_502);
  expect(rowsOf(directory, "SELECT count(*) FROM free_room")).toEqual([[2_495]]);
  await log.log.close();
});

/** A room whose entries retention has dropped, all of them. */
const emptied = (id: number, key: string, topic = "") =>
  `INSERT INTO room VALUES (${id}, '${key}', '${key}', 9, 10, 0, 0, '${topic}')`;

test("a room that retention emptied begins anew in another epoch; all others keep theirs", async () => {
  const before = ofSchema1();
  const first = new DrivenLog(before);
  const epochs = [await first.open(), await first.open("@jun+mina")].map(({ epoch }) => epoch);
  const unknown = (await first.open("quiet")).epoch;
  await first.log.close();
  const directory = ofSchema1(emptied(3, "quiet"), emptied(4, "kept", "our topic"));
  const log = new DrivenLog(directory);
  expect([await log.open(), await log.open("@jun+mina")].map(({ epoch }) => epoch)).toEqual(epochs);
  expect(await log.open("kept")).toMatchObject({ head: 9, topic: "our topic" });
  const opened = await log.open("quiet");
  expect(opened).toMatchObject({ head: 0, topic: "" });
  expect(opened.epoch).not.toBe(unknown);
  expect(await log.say("again", { room: "quiet" })).toMatchObject({ entry: { seq: 1 } });
  expect((await log.open("quiet")).epoch).toBe(opened.epoch);
  // The search index may still know the old number.
  expect(rowsOf(directory, "SELECT id FROM room WHERE key = 'quiet'")).toEqual([[5]]);
  await log.log.close();

  const again = new DrivenLog(directory);
  expect((await again.open("quiet")).epoch).toBe(opened.epoch);
  expect((await again.inbox("mina")).rooms).toMatchObject([{ key: "@jun+mina", epoch: epochs[1] }]);
  await again.log.close();
});

test("the number of a removed room that had entries is never given again, the highest neither", async () => {
  const directory = ofSchema1(emptied(3, "quiet"), emptied(4, "last"));
  for (const room of ["a", "b"]) {
    const log = new DrivenLog(directory);
    await log.say("hi", { room });
    await log.log.close();
  }
  expect(rowsOf(directory, "SELECT key, id FROM room WHERE id > 2")).toEqual([
    ["a", 5],
    ["b", 6],
  ]);
});

test("rooms without entries are found by an index, however many others there are", () => {
  const db = new Database(":memory:");
  for (const migration of migrations) db.run(migration);
  const sql = "SELECT id, key, head FROM room WHERE entries = 0 AND topic = '' LIMIT 1000";
  const [{ detail } = { detail: "" }] = db.query(`EXPLAIN QUERY PLAN ${sql}`).all() as {
    detail: string;
  }[];
  expect(detail).toContain("room_empty");
});

test("a database takes as many rooms as it has numbers for, says so on the way, and goes on", async () => {
  const events: string[] = [];
  const used: number[] = [];
  const log = new DrivenLog(dataDirectory(), {
    roomsMax: 20,
    report: (level, event, { percent = "" }) => events.push(`${level} ${event} ${percent}`),
    onRooms: ({ rooms }) => used.push(rooms),
  });
  const say = (n: number) => log.say("hi", { room: `r${n}`, cid: `c${n}` });
  for (let n = 1; n <= 20; n += 1) expect(await say(n)).toMatchObject({ kind: "appended" });
  expect(await say(21)).toMatchObject({ kind: "refused", code: "server_full" });
  expect(await say(22)).toMatchObject({ kind: "refused", code: "server_full" });
  expect(await say(20)).toMatchObject({ kind: "appended", duplicate: true });
  expect(await log.say("more", { room: "r20" })).toMatchObject({ entry: { seq: 2 } });
  expect(await marked(log, "eve", "r21")).toMatchObject({ kind: "marked" });
  expect(events).toEqual([
    "warn storage.rooms-filling 50",
    "warn storage.rooms-filling 80",
    "warn storage.rooms-filling 95",
    "error storage.rooms-full ",
  ]);
  expect(used).toEqual(Array.from({ length: 21 }, (_, n) => n));
  await log.log.close();
});

test("an account keeps so many markers; the one that was set longest ago goes", async () => {
  let now = 1_000;
  const log = new DrivenLog(dataDirectory(), {
    markersPerAccount: 3,
    now: () => (now += 1),
  });
  const names = ["a", "b", "c", "d"];
  for (const room of names) await log.say("hi", { room });
  for (const room of ["a", "b", "c", "a"]) await marked(log, "eve", room, 1);
  await marked(log, "jun", "b", 1);
  const inbox = async (account: string) =>
    (await log.inbox(account)).rooms.map(({ key }) => key as string);
  expect(await inbox("eve")).toEqual(["a", "b", "c"]);
  await marked(log, "eve", "d", 1);
  expect(await inbox("eve")).toEqual(["a", "c", "d"]);
  expect(await inbox("jun")).toEqual(["b"]);
  await log.log.close();
});

test("a marker that was not set for so long goes, whether it has a time of its own or not", () => {
  const db = new Database(":memory:");
  for (const migration of migrations) db.run(migration);
  db.run(
    "INSERT INTO meta (id, secret, generation, boot, markers_since) VALUES (1, '', 1, '', 5000)",
  );
  const markers = new MarkerWriter(db, { markersPerAccount: 1_000, keepMarkerMs: 1_000 });
  db.run("INSERT INTO marker VALUES ('old', 1, 7, 0)");
  for (let room = 1; room <= 900; room += 1) markers.add("mina", room, 1, 5_500);
  for (let room = 1; room <= 900; room += 1) markers.add("jun", room, 1, 5_501);
  const left = () => db.query("SELECT account, count(*) FROM marker GROUP BY account").values();
  const walk = (now: number) => [markers.expire(now), markers.expire(now), markers.expire(now)];
  expect(walk(6_000)).toEqual([0, 0, 0]);
  expect(walk(6_001).reduce((one, other) => one + other)).toBe(1);
  expect(left()).toEqual([
    ["jun", 900],
    ["mina", 900],
  ]);
  walk(6_501);
  expect(left()).toEqual([["jun", 900]]);
  walk(6_502);
  expect(left()).toEqual([]);
});

test("markers go at a start too, and those of version 1 are kept from then on for as long", async () => {
  const directory = ofSchema1();
  const day = 86_400_000;
  const open = (now: number) =>
    new DrivenLog(directory, { now: () => now, markersPerAccount: 9, keepMarkerDays: 30 });
  const soon = open(Date.now() + 29 * day);
  await soon.say("a commit");
  expect((await soon.inbox("jun")).rooms).toMatchObject([{ key: "@jun+mina" }, { read: 1 }]);
  await soon.log.close();
  const late = open(Date.now() + 31 * day);
  await late.say("another");
  expect((await late.inbox("jun")).rooms).toMatchObject([{ key: "@jun+mina" }]);
  await late.log.close();
});
