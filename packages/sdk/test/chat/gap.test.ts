// Gaps: filled from history in order, or announced; never passed over in silence.

import { afterEach, expect, test } from "bun:test";
import type { ChatClientEvent, ChatClientOptions } from "../../src/chat/mod.ts";
import { entry, type FakeConnection } from "./fake-server.ts";
import { endMeetings, meet, nextOf, nextPhase } from "./meet.ts";

afterEach(endMeetings);

/** A client that has read up to seq 5 of the lobby and has lost its connection. */
async function lostAtFive(options: ChatClientOptions = {}) {
  const met = await meet(options, { limits: { historyPage: 2 } });
  const { client, connection, clock, server } = met;
  const events = client.events();
  const joining = client.join("lobby", { after: 4, epoch: "e1" });
  await connection.joined({ head: 5 });
  await joining;
  connection.say(entry("lobby", 5));
  await nextOf(events, "message");
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(1000);
  const again = await server.accept();
  await again.welcome({ limits: { historyPage: 2 } });
  return { ...met, events, again };
}

async function page(connection: FakeConnection, seqs: readonly number[], more = false) {
  const history = await connection.expect("history");
  const entries = seqs.map((seq) => entry("lobby", seq));
  connection.say({ type: "page", re: history.id, entries, more });
  return history;
}

/** Answers with a page whose first entries are gone. */
async function brokenPage(connection: FakeConnection, seqs: readonly number[]) {
  const { id: re } = await connection.expect("history");
  const entries = seqs.map((seq) => entry("lobby", seq));
  connection.say({ type: "page", re, entries, more: false, gap: true });
}

/** What the reader gets of a room, up to the message with seq `last`, in short. */
async function story(
  events: AsyncIterator<ChatClientEvent>,
  last: number,
): Promise<(string | number)[]> {
  const told: (string | number)[] = [];
  while (told.at(-1) !== last) {
    const { value } = await events.next();
    if (value === undefined) throw new Error(`ended after ${told}`);
    if (value.type === "message") told.push(value.seq);
    else if (value.type !== "state") told.push(value.type);
  }
  return told;
}

test("fills a gap from history, page by page, before what is live", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 9, recovered: false });
  again.sayAll([entry("lobby", 10), entry("lobby", 11)]);
  expect(await page(again, [5])).toMatchObject({ before: 6, limit: 1 });
  expect(await page(again, [6, 7], true)).toMatchObject({ after: 5, limit: 2 });
  again.say(entry("lobby", 12));
  expect(await page(again, [8, 9, 10])).toMatchObject({ after: 7 });
  expect(await story(events, 12)).toEqual(["joined", 6, 7, 8, 9, 10, 11, 12]);
});

test("announces a gap that history no longer covers, and goes on with what it has", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 9, recovered: false });
  await page(again, []);
  await page(again, [8, 9]);
  again.say(entry("lobby", 10));
  expect(await story(events, 10)).toEqual(["joined", "reset", 8, 9, 10]);
});

test("announces a room that began anew, and reads it from its start", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 2, epoch: "e2", recovered: false });
  again.say(entry("lobby", 3));
  expect(await page(again, [1, 2])).toMatchObject({ after: 0 });
  expect(await story(events, 3)).toEqual(["joined", "reset", 1, 2, 3]);
});

test("announces that the server forgot what was read already", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 3, recovered: true });
  again.sayAll([entry("lobby", 4), entry("lobby", 5)]);
  expect(await story(events, 5)).toEqual(["joined", "reset", 4, 5]);
});

test("takes seqs that are not dense for what they are", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 40, recovered: false });
  await page(again, [5]);
  await page(again, [20], false);
  await page(again, []);
  again.say(entry("lobby", 41));
  expect(await story(events, 41)).toEqual(["joined", 20, 41]);
});

test("starts the filling over when the connection is lost in the middle of it", async () => {
  const { again, events, clock, server } = await lostAtFive();
  await again.joined({ head: 9, recovered: false });
  await page(again, [5]);
  await page(again, [6, 7], true);
  await again.expect("history");
  again.drop();
  const early: ChatClientEvent[] = [];
  for (;;) {
    const { value } = await events.next();
    if (value?.type === "state" && value.state.phase === "waiting") break;
    if (value !== undefined) early.push(value);
  }
  expect(early.filter(({ type }) => type === "message")).toHaveLength(2);
  clock.advance(1000);
  const third = await server.accept();
  await third.welcome();
  expect(await third.joined({ head: 9, recovered: true })).toMatchObject({ after: 7 });
  third.sayAll([entry("lobby", 8), entry("lobby", 9)]);
  expect(await story(events, 9)).toEqual(["joined", 8, 9]);
});

test("asks a busy server for the page again, and announces the gap when it stays refused", async () => {
  const { again, events, clock, client } = await lostAtFive();
  await again.joined({ head: 7, recovered: false });
  const busy = { code: "busy", message: "m", retryable: true, retryAfterMs: 50 } as const;
  const first = await again.expect("history");
  again.say({ type: "error", re: first.id, ...busy });
  const pong = client.ping();
  again.say({ type: "pong", re: (await again.expect("ping")).id });
  await pong;
  clock.advance(50);
  await page(again, [5]);
  const second = await again.expect("history");
  again.say({ type: "error", re: second.id, ...busy, code: "forbidden", retryable: false });
  again.say(entry("lobby", 8));
  expect(await story(events, 8)).toEqual(["joined", "reset", 8]);
});

test("reads a room from its first entry when asked to, without calling it a gap", async () => {
  const { client, connection } = await meet();
  const events = client.events();
  const joining = client.join("lobby", { after: 0 });
  await connection.joined({ head: 3, recovered: false });
  await joining;
  expect(await page(connection, [2, 3])).toMatchObject({ after: 0 });
  expect(await story(events, 3)).toEqual(["joined", 2, 3]);
});

test("announces entries that are lost between two pages, before what follows them", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 20, recovered: false });
  await page(again, [5]);
  await page(again, [6, 7], true);
  await brokenPage(again, [15, 20]);
  again.say(entry("lobby", 21));
  expect(await story(events, 21)).toEqual(["joined", 6, 7, "reset", 15, 20, 21]);
});

test("announces the same gap once", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 9, recovered: false });
  await page(again, []);
  await brokenPage(again, [8, 9]);
  again.say(entry("lobby", 10));
  expect(await story(events, 10)).toEqual(["joined", "reset", 8, 9, 10]);
});

test("announces that a room's first entries are gone when it is read from its start", async () => {
  const { client, connection } = await meet();
  const events = client.events();
  const joining = client.join("lobby", { after: 0 });
  await connection.joined({ head: 3, recovered: false });
  await joining;
  await brokenPage(connection, [2, 3]);
  expect(await story(events, 3)).toEqual(["joined", "reset", 2, 3]);
});

test("holds presence back until what was said before it is out", async () => {
  const { again, events } = await lostAtFive();
  await again.joined({ head: 7, recovered: false });
  await page(again, [5]);
  const gone = { room: "lobby", memberCount: 1, left: ["bob"] };
  again.sayAll([entry("lobby", 8), { type: "presence", ...gone }, entry("lobby", 9)]);
  await page(again, [6, 7]);
  expect(await story(events, 9)).toEqual(["joined", 6, 7, 8, "presence", 9]);
});

test("waits as often as a server tells it to that too much history is read at once", async () => {
  const { again, events, clock, client } = await lostAtFive({ commandTimeoutMs: 1000 });
  const limited = { code: "rate_limited", message: "m", retryable: true, retryAfterMs: 900 };
  await again.joined({ head: 7, recovered: false });
  for (let refusals = 0; refusals < 8; refusals += 1) {
    again.say({ type: "error", re: (await again.expect("history")).id, ...limited });
    const pong = client.ping();
    again.say({ type: "pong", re: (await again.expect("ping")).id });
    await pong;
    clock.advance(899);
    expect(again.waiting).toBe(0);
    clock.advance(1);
  }
  await page(again, [5]);
  await page(again, [6, 7]);
  expect(await story(events, 7)).toEqual(["joined", 6, 7]);
});
