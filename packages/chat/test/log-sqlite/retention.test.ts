// What is kept no longer: by age, by number, by bytes; a step at a time, and never a seq twice.

import { afterAll, afterEach, expect, test } from "bun:test";
import type { SqliteLogOptions } from "../../src/log-sqlite/mod.ts";
import { stepEntries } from "../../src/log-sqlite/retention.ts";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

const open: DrivenLog[] = [];
afterEach(async () => {
  for (const driven of open.splice(0)) await driven.log.close();
});

const msPerDay = 86_400_000;
const nothing = { keepMs: 0, keepEntries: 0, keepBytes: 0 };

function start(
  retention: Partial<typeof nothing>,
  options: Partial<SqliteLogOptions> = {},
  directory = dataDirectory(),
): DrivenLog {
  const { keepMs, ...kept } = { ...nothing, ...retention };
  const driven = new DrivenLog(directory, { keepDays: keepMs / msPerDay, ...kept, ...options });
  open.push(driven);
  return driven;
}

async function seqs(driven: DrivenLog): Promise<number[]> {
  return (await driven.page({ after: 0 }, { entriesMax: 1_000 })).entries.map(({ seq }) => seq);
}

test("a room keeps its newest entries, and says what is gone", async () => {
  const log = start({ keepEntries: 3 });
  for (let line = 1; line <= 10; line += 1) await log.say(`${line} @jun`, { cid: `c${line}` });
  expect(await seqs(log)).toEqual([8, 9, 10]);
  expect(await log.page({ after: 6 })).toMatchObject({ gap: true });
  expect(await log.page({ after: 7 })).toMatchObject({ gap: false });
  expect(await log.page({ before: 9 })).toMatchObject({ entries: [{ seq: 8 }], more: false });
  expect(await log.open()).toMatchObject({ head: 10 });
});

test("a cid lasts as long as its entry, and a reaction as long as its message", async () => {
  const log = start({ keepEntries: 2 });
  await log.say("one", { cid: "c1" });
  const stamp = { room: "lobby", at: 0, from: "jun" };
  await log.append({ type: "reaction", ...stamp, target: 1, emoji: "👍" });
  expect(await log.say("one", { cid: "c1" })).toMatchObject({ duplicate: true });
  await log.say("two");
  expect(await log.say("one", { cid: "c1" })).toMatchObject({
    duplicate: false,
    entry: { seq: 4 },
  });
  const late = await log.append({ type: "reaction", ...stamp, target: 1, emoji: "👍" });
  expect(late).toMatchObject({ kind: "refused", code: "no_such_entry" });
});

test("by bytes, amended messages counted as they are now", async () => {
  const log = start({ keepBytes: 10_000 });
  await log.say("short");
  for (let line = 0; line < 3; line += 1) await log.say("x".repeat(500));
  expect(await seqs(log)).toEqual([1, 2, 3, 4]);
  const stamp = { room: "lobby", at: 0, from: "mina" };
  await log.append({ type: "edit", ...stamp, target: 4, text: "x".repeat(1_500) });
  expect((await seqs(log))[0]).toBeGreaterThan(1);
});

test("a bound that was lowered is reached a step at a time, at the start and without a message", async () => {
  const directory = dataDirectory();
  const before = start({}, {}, directory);
  const count = stepEntries * 2 + 10;
  for (let line = 0; line < count; line += 1) void before.say(`${line}`);
  expect(await before.open()).toMatchObject({ head: count });
  await before.log.close();
  open.length = 0;
  const after = start({ keepEntries: 5 }, {}, directory);
  const kept: number[] = [];
  while (kept.at(-1) !== 5) {
    const { length } = await seqs(after);
    if (length !== kept.at(-1)) kept.push(length);
    // The look for overdue rooms comes from another thread: let it arrive.
    await new Promise((resolve) => setImmediate(resolve));
  }
  // A step that a timer took between two looks is not seen.
  const steps = [count, count - stepEntries, count - stepEntries * 2, 5];
  expect(steps.filter((length) => kept.includes(length))).toEqual(kept);
  expect(await after.say("next")).toMatchObject({ entry: { seq: count + 1 } });
});

test("by age: what is older than that goes, whatever the clock did in between", async () => {
  let now = 1_700_000_000_000;
  const directory = dataDirectory();
  const log = start({}, {}, directory);
  await log.say("old", { at: now });
  await log.say("back then", { at: now - 3_600_000 });
  await log.say("new", { at: now + 10_000 });
  await log.log.close();
  open.length = 0;
  now += 60_000;
  const later = start({ keepMs: 55_000 }, { now: () => now }, directory);
  while ((await later.texts()).length > 1) await new Promise((resolve) => setImmediate(resolve));
  expect(await later.texts()).toEqual(["new"]);
});

test("by age: what was written while the clock was ahead goes with what follows", async () => {
  const base = 1_700_000_000_000;
  const years = 4 * 365 * 86_400_000;
  for (const count of [1, stepEntries - 1, stepEntries, stepEntries + 1, stepEntries * 2]) {
    const directory = dataDirectory();
    const log = start({}, {}, directory);
    const said = Array.from({ length: count }, (_, n) => log.say(`${n}`, { at: base + years }));
    await Promise.all([...said, log.say("after", { at: base }), log.say("new", { at: base + 50 })]);
    await log.log.close();
    open.length = 0;
    const later = start({ keepMs: 100 }, { now: () => base + 101 }, directory);
    let left = await later.texts();
    while (left.length > 1) {
      await new Promise((resolve) => setImmediate(resolve));
      left = await later.texts();
    }
    expect(left).toEqual(["new"]);
    await later.log.close();
    open.length = 0;
  }
});
