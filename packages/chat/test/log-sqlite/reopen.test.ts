// What a log still knows when another process opens it, and what it says about what it may have lost.

import { Database } from "bun:sqlite";
import { afterAll, afterEach, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../../src/log-sqlite/open-database.ts";
import { migrations } from "../../src/log-sqlite/schema.ts";
import { keyOf } from "../chat-fixture.ts";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

const open: DrivenLog[] = [];
afterEach(async () => {
  for (const driven of open.splice(0)) await driven.log.close();
});

function start(...args: ConstructorParameters<typeof DrivenLog>): DrivenLog {
  const driven = new DrivenLog(...args);
  open.push(driven);
  return driven;
}

async function end(driven: DrivenLog): Promise<void> {
  open.splice(open.indexOf(driven), 1);
  await driven.log.close();
}

test("entries, heads, epochs, topics, cids, markers and conversations are there again", async () => {
  const directory = dataDirectory();
  const first = start(directory);
  await first.say("하나 👋", { cid: "c1" });
  await first.say("psst @jun", { room: "@jun+mina" });
  const topic = { type: "topic" as const, room: "lobby", at: 1, from: "mina", topic: "마루" };
  await first.append(topic);
  await first.ask({
    kind: "mark",
    room: keyOf("lobby"),
    account: "jun",
    seq: 0,
    mayAdd: true,
    tag: 0,
  });
  const [opened, inbox] = [await first.open(), await first.inbox("jun")];
  const page = await first.page({ after: 0 });
  await end(first);
  expect(existsSync(join(directory, "maru.db-wal"))).toBe(false);

  const second = start(directory);
  const { tag: _tag, ...known } = opened;
  expect(await second.open()).toMatchObject(known);
  expect((await second.page({ after: 0 })).entries).toEqual(page.entries);
  expect((await second.inbox("jun")).rooms).toEqual(inbox.rooms);
  const again = await second.say("하나 👋", { cid: "c1" });
  expect(again).toMatchObject({ duplicate: true, entry: { seq: 1 } });
  expect(await second.say("둘")).toMatchObject({ duplicate: false, entry: { seq: 3 } });
});

test("an epoch belongs to one room of one log, and is known before the room has an entry", async () => {
  const [one, other] = [start(dataDirectory()), start(dataDirectory())];
  const { epoch } = await one.open();
  await one.say("first");
  expect((await one.open()).epoch).toBe(epoch);
  const others = [(await one.open("elsewhere")).epoch, (await other.open()).epoch];
  expect(others).not.toContain(epoch);
});

function setBoot(directory: string, boot: string): void {
  const db = new Database(join(directory, "maru.db"));
  db.run("UPDATE meta SET boot = ?", [boot]);
  db.close();
}

test("durability os, left open when the power went: every epoch is another, for seqs may repeat", async () => {
  const directory = dataDirectory();
  const first = start(directory, { durability: "os" });
  await first.say("said");
  const { epoch } = await first.open();
  await end(first);
  setBoot(directory, "os an-earlier-boot");
  const second = start(directory, { durability: "os" });
  expect((await second.open()).epoch).not.toBe(epoch);
  expect(await second.texts()).toEqual(["said"]);
  await end(second);
  const third = start(directory, { durability: "os" });
  const { epoch: later } = await third.open();
  await end(third);
  expect((await start(directory).open()).epoch).toBe(later);
});

test("durability fsync lost nothing with the power, and neither did os in the same boot", async () => {
  const directory = dataDirectory();
  const first = start(directory, { durability: "fsync" });
  const { epoch } = await first.open();
  await end(first);
  setBoot(directory, "fsync an-earlier-boot");
  const second = start(directory, { durability: "os" });
  expect((await second.open()).epoch).toBe(epoch);
  // What a kill leaves: the mark of this boot.
  const kept = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  await end(second);
  setBoot(directory, `os ${kept}`);
  expect((await start(directory).open()).epoch).toBe(epoch);
});

test("a second log on the same directory is refused, and the directory is free after the first", async () => {
  const directory = dataDirectory();
  const first = start(directory);
  expect(() => new DrivenLog(directory)).toThrow("in use by another server");
  await first.say("still here");
  await end(first);
  expect(await start(directory).texts()).toEqual(["still here"]);
});

test("a data directory of every schema that was ever released opens with all that it held", async () => {
  for (let version = 1; version <= migrations.length; version += 1) {
    const directory = dataDirectory();
    const db = new Database(join(directory, "maru.db"), { create: true });
    db.run(readFileSync(join(import.meta.dir, `fixtures/schema-${version}.sql`), "utf8"));
    expect(db.query("PRAGMA user_version").get()).toEqual({ user_version: version });
    db.close();
    const log = start(directory);
    expect(await log.page({ after: 0 })).toMatchObject({
      head: 7,
      entries: [
        { seq: 1, text: "안녕하세요, everyone 👋", edited: 3 },
        { seq: 2, type: "topic", topic: "마루" },
        { seq: 3, type: "edit", target: 1 },
        { seq: 4, redacted: true, text: "" },
        { seq: 5, type: "reaction", emoji: "👍" },
        { seq: 6, type: "redaction", target: 4 },
        { seq: 7, text: "waves", action: true, replyTo: 1 },
      ],
    });
    expect((await log.page({ after: 0 })).entries[0]).toMatchObject({
      reactions: [{ emoji: "👍", count: 1, from: ["Jun"] }],
    });
    expect(await log.open()).toMatchObject({ head: 7, topic: "마루" });
    expect(await log.say("x", { cid: "c1" })).toMatchObject({ duplicate: true, entry: { seq: 1 } });
    expect(await log.say("next")).toMatchObject({ entry: { seq: 8 } });
    expect((await log.inbox("jun")).rooms).toMatchObject([
      { key: "@jun+mina", unread: 1, mentions: 1 },
      { key: "lobby", read: 1, unread: 2 },
    ]);
  }
});

test("a migration happens altogether or not at all, and one after the other", () => {
  const db = new Database(":memory:");
  const steps = ["CREATE TABLE one (x)", "CREATE TABLE two (x)"];
  migrate(db, "a.db", steps.slice(0, 1));
  expect(() => migrate(db, "a.db", [...steps, "CREATE TABLE one (x)"])).toThrow();
  expect(db.query("PRAGMA user_version").get()).toEqual({ user_version: 2 });
  migrate(db, "a.db", [...steps, "CREATE TABLE three (x)"]);
  expect(db.query("PRAGMA user_version").get()).toEqual({ user_version: 3 });
  expect(() => migrate(db, "a.db", steps)).toThrow("a later version of Maru (schema 3");
});
