// Reactions that an earlier version kept in several spellings of one sign: they are shown as one,
// and taken back with any of them.

import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type EntryRow, kinds, sumOf } from "../../src/log-sqlite/entry-row.ts";
import { entryId } from "../../src/log-sqlite/schema.ts";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

const heart = "❤️";
const spellings = ["❤", "❤️", "❤︎"] as const;
type Former = readonly [spelling: string, account: string];

const stamp = { room: "lobby", at: 1, target: 1 };
const react = (account: string, emoji: string, removed?: true) =>
  ({ type: "reaction", ...stamp, from: account, emoji, ...(removed && { removed }) }) as const;

const aReaction = { kind: kinds.reaction, target: 1 };

/** A log in which a version that knew nothing of spellings has written these reactions to message 1. */
async function formerLog(former: readonly Former[]): Promise<DrivenLog> {
  const directory = dataDirectory();
  const log = new DrivenLog(directory);
  await log.say("said");
  for (const [, account] of former) await log.say("to be a reaction", { account });
  await log.log.close();
  const db = new Database(join(directory, "maru.db"));
  const [first, ...reactions] = db.query<EntryRow, []>("SELECT * FROM entry ORDER BY id").all() as [
    EntryRow,
    ...EntryRow[],
  ];
  const used = [...new Set(former.map(([spelling]) => spelling))];
  const summaries = used.map((emoji) => {
    const from = former.filter(([spelling]) => spelling === emoji).map(([, account]) => account);
    return { emoji, count: from.length, from };
  });
  const asOf = former.length + 1;
  write(db, { ...first, done: JSON.stringify({ reactions: summaries, asOf }) });
  db.run("DELETE FROM reaction");
  for (const [index, [spelling, account]] of former.entries()) {
    write(db, { ...(reactions[index] as EntryRow), ...aReaction, body: spelling });
    db.run("INSERT INTO reaction VALUES (?, ?, ?, ?)", [
      entryId(1, 1),
      spelling,
      account,
      index + 2,
    ]);
  }
  db.close();
  return new DrivenLog(directory);
}

function write(db: Database, row: EntryRow): void {
  const { id, kind, target, body, done } = row;
  db.run("UPDATE entry SET kind = ?, target = ?, body = ?, done = ?, sum = ? WHERE id = ?", [
    ...[kind, target, body, done],
    ...[sumOf(row), id],
  ]);
}

const shown = async (log: DrivenLog) => {
  const { entries } = await log.page({ after: 0 });
  const [message] = entries;
  return message?.type === "message" ? (message.reactions ?? []) : null;
};

const each: readonly Former[] = [
  [spellings[0], "ann"],
  [spellings[1], "bob"],
  [spellings[2], "cat"],
];

test("several spellings of one sign are shown as one reaction, in the list and as they were put", async () => {
  const log = await formerLog(each);
  expect(await shown(log)).toEqual([{ emoji: heart, count: 3, from: ["ann", "bob", "cat"] }]);
  const { entries } = await log.page({ after: 1 });
  expect(entries.map((entry) => entry.type === "reaction" && entry.emoji)).toEqual([
    heart,
    heart,
    heart,
  ]);
  await log.log.close();
});

test.each(each)(
  "the spelling %p is the same reaction: put once, taken back once",
  async (_spelling, account) => {
    const log = await formerLog(each);
    expect(await log.append(react(account, heart))).toMatchObject({ duplicate: true });
    expect(await log.append(react(account, heart, true))).toMatchObject({ duplicate: false });
    const others = ["ann", "bob", "cat"].filter((name) => name !== account);
    expect(await shown(log)).toEqual([{ emoji: heart, count: 2, from: others }]);
    const again = await log.append(react(account, heart, true));
    expect(again).toMatchObject({ kind: "refused", code: "no_such_entry" });
    for (const other of others) await log.append(react(other, heart, true));
    expect(await shown(log)).toEqual([]);
    await log.log.close();
  },
);

test("who put two spellings counts once, and is gone when it takes one back", async () => {
  const log = await formerLog([
    [spellings[0], "ann"],
    [spellings[1], "ann"],
    [spellings[1], "bob"],
  ]);
  expect(await shown(log)).toEqual([{ emoji: heart, count: 2, from: ["ann", "bob"] }]);
  await log.append(react("ann", heart, true));
  expect(await shown(log)).toEqual([{ emoji: heart, count: 1, from: ["bob"] }]);
  await log.log.close();
});

test("an edit keeps the reactions, and they can still be taken back", async () => {
  const log = await formerLog(each);
  await log.append({ type: "edit", ...stamp, from: "mina", text: "edited" });
  expect(await shown(log)).toEqual([{ emoji: heart, count: 3, from: ["ann", "bob", "cat"] }]);
  for (const [, account] of each) await log.append(react(account, heart, true));
  expect(await shown(log)).toEqual([]);
  await log.log.close();
});

test("more than are named are counted right once something is done to their message", async () => {
  const many = Array.from({ length: 30 }, (_, index) => `n${index}`);
  const twice = many.flatMap((name): Former[] => [
    ["❤", name],
    ["❤️", name],
  ]);
  const log = await formerLog(twice);
  await log.append(react("late", heart));
  expect(await shown(log)).toMatchObject([{ emoji: heart, count: 31 }]);
  for (const name of [...many, "late"]) await log.append(react(name, heart, true));
  expect(await shown(log)).toEqual([]);
  await log.log.close();
});

/** As an earlier version took them: several of one sign, and some that are no one sign today. */
const flagged = (tag: string) => `🏴${tag}\u{e007f}`;
const taken: readonly [shown: string, formerly: readonly string[]][] = [
  ["🏴", ["🏴", flagged("\u{e0078}"), flagged("\u{e0079}\u{e0079}")]],
  ["👍🏽", ["👍🏽", "👍🏽🏽"]],
  ["🐧\u200d🍕", ["🐧\u200d🍕"]],
  ["\u2800", ["\u2800"]],
];

test.each(taken)("what was taken as %p is shown, and can be taken back", async (sign, formerly) => {
  const former = formerly.map((spelling, index): Former => [spelling, `n${index}`]);
  const log = await formerLog(former);
  const from = former.map(([, account]) => account);
  expect(await shown(log)).toEqual([{ emoji: sign, count: from.length, from }]);
  for (const account of from) await log.append(react(account, sign, true));
  expect(await shown(log)).toEqual([]);
  await log.log.close();
});
