// A server that sets odd numbers, and strings: the client refuses it by name, or works with it. It
// never sends anything twice, and never spins or waits without end, on a clock that the test turns.

import { afterEach, describe, expect, test } from "bun:test";
import { encodeFrame, retryMsMin } from "@maru/protocol";
import type { ChatClientMessage } from "@maru/protocol/chat";
import { VirtualClock } from "@maru/testkit";
import { type ChatClient, connectChat, type MaruError } from "../../src/chat/mod.ts";
import { type FakeConnection, fakeLimits } from "./fake-server.ts";
import { endMeetings, failure, meet, nextPhase, startServer } from "./meet.ts";

afterEach(endMeetings);

type Json = Record<string, unknown>;
/** Stands for a number that JSON holds and JSON.stringify does not write. */
const endless = "\u0001endless";
const odd: readonly (readonly [name: string, value: unknown])[] = [
  ...[0, -1, 1, 0.5, 1e-9, 2 ** 31, 2 ** 53, 1e308].map((value) => [`${value}`, value] as const),
  ["1e999", endless],
  ["missing", undefined],
  ["text", "1"],
];

const raw = (connection: FakeConnection, message: Json) =>
  connection.raw(encodeFrame(JSON.stringify(message).replaceAll(`"\\u0001endless"`, "1e999")));

function welcomeOf(re: number, field: string, value: unknown): Json {
  const [name = "", limit] = field.split(".");
  const welcome: Json = {
    ...{ type: "welcome", re, version: 1, server: "odd/1", nick: "ann", session: "s", time: 0 },
    ...{ durability: "memory", heartbeatMs: 30_000, limits: fakeLimits },
  };
  if (limit === undefined) return { ...welcome, [name]: value };
  return { ...welcome, limits: { ...fakeLimits, [limit]: value } };
}

const headOf = 3;
const entriesAfter = (after: number) =>
  [1, 2, 3]
    .filter((seq) => seq > after)
    .slice(0, 1)
    .map((seq) => ({ type: "message", room: "lobby", seq, at: 0, from: "bob", text: "x" }));

/** What an honest server answers. */
function answerOf(command: ChatClientMessage, seq: number): Json {
  const { id: re } = command;
  switch (command.type) {
    case "join":
      return {
        ...{ type: "joined", re, room: command.room, epoch: "e", head: headOf, topic: "" },
        ...{ memberCount: 1, members: [], recovered: false },
      };
    case "history":
      return { type: "page", re, entries: entriesAfter(command.after ?? 0), more: true };
    case "send":
      return { type: "sent", re, room: command.room, seq, at: 0, duplicate: false };
    case "ping":
      return { type: "pong", re };
    default:
      throw new Error(`no answer to ${command.type}`);
  }
}

/** Answers for as long as the connection lives; gathers what was asked. */
function serve(connection: FakeConnection): ChatClientMessage[] {
  const asked: ChatClientMessage[] = [];
  const answerEach = async () => {
    for await (const command of connection.commands()) {
      asked.push(command);
      raw(connection, answerOf(command, headOf + asked.length));
    }
  };
  void answerEach();
  return asked;
}

/** Turns the clock, in steps between which the server is heard. */
async function pass(client: ChatClient, clock: VirtualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 2_000) {
    clock.advance(2_000);
    await client.ping();
  }
}

const fields = [
  ...Object.keys(fakeLimits).map((name) => `limits.${name}`),
  ...["heartbeatMs", "version", "time"],
];

describe.each(fields)("%s of welcome", (field) => {
  test.each(odd)(
    "that is %s: refused by name, or all is sent once in a minute",
    async (_name, value) => {
      const server = startServer();
      const clock = new VirtualClock();
      const options = { port: server.port, clock, retryFirst: true, eventsBuffered: 100 };
      const connecting = connectChat(options).catch((error: MaruError) => error);
      const connection = await server.accept();
      const { id } = await connection.expect("hello");
      raw(connection, welcomeOf(id, field, value));
      const client = await connecting;
      if (client instanceof Error) {
        expect(["protocol_error", "version_refused"]).toContain(client.code);
        expect(client.message).toContain(field === "version" ? "version" : field);
        expect(clock.pending).toBe(0);
        return;
      }
      const asked = serve(connection);
      const sends = [1, 2, 3].map((n) => client.send("lobby", `${n}`));
      await client.join("lobby", { after: 0 });
      await client.history("lobby");
      await pass(client, clock, 60_000);
      await Promise.all(sends);
      await pass(client, clock, 60_000);
      const others = asked.filter(({ type }) => type !== "ping");
      const texts = others.flatMap((each) => (each.type === "send" ? [each.text] : []));
      expect(texts).toEqual(["1", "2", "3"]);
      expect(others.length).toBeLessThan(12);
      expect(client.state.phase).toBe("online");
      await client.close({ deadlineMs: 0 });
    },
  );
});

test("a version that was not offered is refused, and told", async () => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port, retryFirst: true }));
  const connection = await server.accept();
  const { id } = await connection.expect("hello");
  raw(connection, welcomeOf(id, "version", 99));
  expect(await connecting).toMatchObject({
    code: "version_refused",
    message: "The server (odd/1) speaks version 99 of the protocol, and this client version 1.",
    retryable: false,
  });
});

test("where one was welcomed before, an unfit server is waited out, and told", async () => {
  const { server, client, connection, clock } = await meet();
  const events = client.events();
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(125);
  const other = await server.accept();
  const { id } = await other.expect("hello");
  raw(other, welcomeOf(id, "limits.textBytes", 0));
  const reason = { code: "protocol_error", message: expect.stringContaining("limits.textBytes") };
  expect(await nextPhase(events, "waiting")).toMatchObject({ reason });
});

const strings: readonly (readonly [where: string, value: string])[] = [
  ["empty", ""],
  ["too long", "x".repeat(129)],
];
test.each(strings)("a session that is %s could never be given back: refused", async (_, value) => {
  const server = startServer();
  const connecting = failure(connectChat({ port: server.port }));
  const connection = await server.accept();
  const { id } = await connection.expect("hello");
  raw(connection, welcomeOf(id, "session", value));
  const error = await connecting;
  expect([error.code, error.message]).toEqual([
    "protocol_error",
    expect.stringContaining("session: "),
  ]);
});

describe.each(["rate_limited", "busy", "storage_unavailable"])("%s for ever", (code) => {
  test.each(odd.slice(0, 5))(
    "after %s ms is asked again, and never without a pause",
    async (_, ms) => {
      const { client, connection, clock } = await meet();
      const asking = [client.send("lobby", "x"), client.history("lobby")].map(failure);
      const refusal = { type: "error", code, message: "m", retryable: true, retryAfterMs: ms };
      for (let round = 0; round < 20; round += 1) {
        for (const one of [await connection.take(), await connection.take()]) {
          raw(connection, { ...refusal, re: one.id });
        }
        const pong = client.ping();
        raw(connection, { type: "pong", re: (await connection.expect("ping")).id });
        await pong;
        clock.advance(retryMsMin - 1);
        expect(connection.waiting).toBe(0);
        clock.advance(1);
      }
      const closing = client.close({ deadlineMs: 0 });
      clock.advance(0);
      await closing;
      await Promise.all(asking);
    },
  );
});

test("a search whose cursor leads to itself ends", async () => {
  const { client, connection } = await meet();
  const pages: unknown[] = [];
  const reading = (async () => {
    for await (const page of client.searchPages({ query: "x" })) pages.push(page);
  })();
  for (let page = 0; page < 2; page += 1) {
    const { id: re } = await connection.expect("search");
    raw(connection, { type: "page", re, entries: [], more: true, next: "same" });
  }
  await reading;
  expect(pages).toHaveLength(2);
});
