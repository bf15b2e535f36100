// Answers that are much larger than what was asked with come out of the session's budget of reading:
// every command, at its worst, asked again and again while no time passes. What is small beyond that is
// bounded by what the command costs and by its question.

import { expect, test } from "bun:test";
import { ChatFixture, type Visitor } from "../../test/chat-fixture.ts";
import type { CostTable } from "./command-costs.ts";
import type { SessionCommand } from "./room-and-session.ts";

/** Bytes of an answer that no budget counts: a kilobyte, and the words around it. */
const freeBytes = 1_536;
const readBurstBytes = 65_536;
const asks = 300;

const longNick = (n: number) => `${"말".repeat(28)}${n}`;
const longRoom = (n: number) => `${"방".repeat(28)}${n}`;
const longText = "가".repeat(2_700);
const topic = "가".repeat(170);

type Fields<T> = Omit<SessionCommand & { type: T }, "id" | "type">;

/** More than one way to ask where they differ in what they answer. */
const worst: { readonly [T in keyof CostTable]: readonly ((n: number) => Fields<T>)[] } = {
  send: [() => ({ room: "a", text: "x" }), (n) => ({ room: "a", text: "x", cid: `${n % 2}` })],
  edit: [() => ({ room: "a", target: 1, text: "x" })],
  redact: [() => ({ room: "a", target: 1 })],
  react: [(n) => ({ room: "a", target: 1, emoji: "👍", ...(n % 2 === 1 && { remove: true }) })],
  topic: [() => ({ room: "a", topic: "x" })],
  join: [
    () => ({ room: "a" }),
    () => ({ room: "a", after: 0 }),
    (n) => ({ room: longRoom(n % 60) }),
  ],
  leave: [() => ({ room: "a" })],
  nick: [(n) => ({ nick: longNick(1_000 + n) })],
  typing: [() => ({ room: "a" })],
  who: [() => ({ room: "a" })],
  rooms: [() => ({})],
  history: [() => ({ room: "a", limit: 50 })],
  search: [() => ({ query: "가*", limit: 50 })],
  mark: [() => ({ room: "a", seq: 1 })],
  inbox: [() => ({})],
  ping: [() => ({})],
};
const ways = Object.entries(worst).flatMap(([type, all]) =>
  all.map((fields, way) => [type as keyof CostTable, way, fields] as const),
);
/** Those whose answers are larger than that; of a room with one member, `joined` is not. */
const large = new Set(["join", "who", "rooms", "history", "search", "inbox"]);

/** A chat as full as it gets: long names, texts and topics, and conversations not read. */
function full(): { fixture: ChatFixture; mallory: Visitor } {
  const fixture = new ChatFixture({ readBurstBytes, readRateBytes: 1, roomsPerSession: 200 });
  const writer = fixture.guest("writer", undefined, "10.0.0.1");
  writer.ask("join", { room: "a" });
  for (let n = 0; n < 8; n += 1) writer.ask("send", { room: "a", text: longText });
  writer.ask("topic", { room: "a", topic });
  for (let n = 0; n < 60; n += 1) {
    const guest = fixture.guest(longNick(n), undefined, "10.0.0.2");
    guest.ask("join", { room: "a" });
    guest.ask("join", { room: longRoom(n) });
    guest.ask("topic", { room: longRoom(n), topic });
    guest.ask("send", { room: `@${longNick(n)}+mallory`, text: "hi" });
  }
  const mallory = fixture.guest("mallory");
  mallory.ask("join", { room: "a" });
  mallory.ask("send", { room: "a", text: "mine" });
  return { fixture, mallory };
}

const bytesOf = (message: unknown) => Buffer.byteLength(JSON.stringify(message));

test.each(ways)(
  "%s, way %d: what is beyond a kilobyte is read from the budget",
  (type, way, fields) => {
    const { fixture, mallory } = full();
    // What has come until now was read long ago.
    fixture.now += readBurstBytes * 1_000;
    let beyond = 0;
    let largest = 0;
    for (let n = 0; n < asks; n += 1) {
      const before = mallory.line.received.length;
      const answer = mallory.ask(type, fields(n) as never);
      const told = mallory.line.received.slice(before);
      // Events of what oneself has done to a room are counted for all of its members (command-costs.ts).
      const own = told.filter((message) => "re" in message || type === "join");
      const bytes = own.reduce((sum, message) => sum + bytesOf(message), 0);
      beyond += Math.max(0, bytes - freeBytes);
      largest = Math.max(largest, bytesOf(answer));
    }
    expect(beyond).toBeLessThanOrEqual(readBurstBytes);
    if (large.has(type) && way !== 2) expect(largest).toBeGreaterThan(freeBytes);
    else expect(largest).toBeLessThanOrEqual(freeBytes);
  },
);
