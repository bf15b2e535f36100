// The table of what commands cost: that it is asked, that a refusal is one session's alone, and that
// what it says of the bytes to others is said from above.

import { expect, test } from "bun:test";
import { ChatFixture, type ChatFixtureOptions, type Visitor } from "../../test/chat-fixture.ts";
import { type CostTable, commandCosts, costOf, refusalUs } from "./command-costs.ts";
import type { ChatSession, SessionCommand } from "./room-and-session.ts";

const long = "가".repeat(2_730);
const members = 6;

/** The worst of each command, in the room "a", where a message 1 of the visitor's stands. */
const worst: {
  readonly [T in keyof CostTable]: Omit<SessionCommand & { type: T }, "id" | "type">;
} = {
  send: { room: "a", text: long, replyTo: 1 },
  edit: { room: "a", target: 1, text: long },
  redact: { room: "a", target: 1, reason: "가".repeat(512) },
  react: { room: "a", target: 1, emoji: "👩‍👩‍👧‍👦" },
  topic: { room: "a", topic: "가".repeat(170) },
  join: { room: "a" },
  leave: { room: "a" },
  nick: { nick: "나".repeat(32) },
  typing: { room: "a" },
  who: { room: "a" },
  rooms: {},
  history: { room: "a", limit: 1_000 },
  search: { query: "ﷺ".repeat(20), limit: 1_000 },
  mark: { room: "a", seq: 1 },
  inbox: {},
  ping: {},
};
const types = Object.keys(worst) as (keyof CostTable)[];

/** A visitor with the longest nick, and others, in the room "a", who have all been told of each other. */
function crowded(options: ChatFixtureOptions = {}) {
  const fixture = new ChatFixture(options);
  const mallory = fixture.guest("말".repeat(32));
  const others = Array.from({ length: members - 1 }, (_, index) => fixture.guest(`guest-${index}`));
  for (const visitor of [mallory, ...others]) visitor.ask("join", { room: "a" });
  mallory.ask("send", { room: "a", text: "first" });
  for (const visitor of [mallory, ...others]) visitor.events();
  return { fixture, mallory, others };
}

/** What the table looks at of a session that is in one room. */
function sessionIn(name: string): ChatSession {
  const room = { members: { size: members } };
  return { rooms: new Set([room]), roomsBySpelling: new Map([[name, room]]) } as never;
}

const ask = (visitor: Visitor, type: keyof CostTable) => visitor.ask(type, worst[type] as never);

test.each(types)("%s makes the server send others no more than the table says", (type) => {
  const { mallory, others } = crowded();
  const command = { ...worst[type], type, id: 1 } as SessionCommand;
  const { fanoutBytes } = costOf(command, sessionIn("a"), "fsync");
  expect(ask(mallory, type)).not.toMatchObject({ type: "error" });
  const told = [mallory, ...others].flatMap((visitor) => visitor.events());
  const bytes = told.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);
  expect(bytes).toBeLessThanOrEqual(fanoutBytes);
  if (commandCosts[type].fanoutBytes === undefined) expect(told).toEqual([]);
});

test.each(types)(
  "%s is refused where the budget of work is spent, and costs no other session a turn",
  (type) => {
    const { fixture, mallory, others } = crowded({ workRateUs: 1_000, workBurstUs: 100_000 });
    while (mallory.ask("history", { room: "a", limit: 1 }).type !== "error");
    const refusal = ask(mallory, type);
    expect(refusal).toMatchObject({ type: "error", code: "rate_limited", retryable: true });
    expect(others[0]?.ask("send", { room: "a", text: "hi" })).toMatchObject({ type: "sent" });
    fixture.now += (refusal as { retryAfterMs: number }).retryAfterMs;
    expect(ask(mallory, type)).not.toMatchObject({ code: "rate_limited" });
  },
);

test("bytes to others are counted by the room's members, and refused beyond the budget", () => {
  const { mallory } = crowded({ fanoutRateBytes: 1_000, fanoutBurstBytes: 100_000 });
  const send = () => mallory.ask("send", { room: "a", text: long });
  const answers = Array.from({ length: 8 }, () => send().type);
  // 8.5 KB to each of six, by the table: the second one overdraws it.
  expect(answers).toEqual(["sent", "sent", ...Array(6).fill("error")]);
});

test("a command that waits for its room is paid for once", () => {
  const { fixture, mallory } = crowded({ workRateUs: 1, workBurstUs: 1_000 });
  const spent = () => {
    let count = 0;
    while (mallory.ask("ping", {}).type !== "error") count += 1;
    return count;
  };
  fixture.now += 10_000_000;
  mallory.ask("join", { room: "another" });
  // The last one overdraws it.
  expect(spent()).toBe(1_000 - commandCosts.join.workUs({} as never, {} as never, false) + 1);
});

test("what is said from outside costs what it costs from within, and the next one waits for it", () => {
  const bounds = { fanoutRateBytes: 1_000, fanoutBurstBytes: 100_000 };
  const said = (unjoined: boolean): number => {
    const { fixture, mallory } = crowded(bounds);
    const speaker = unjoined ? fixture.guest("말".repeat(31)) : mallory;
    const command = { room: "a", text: long, ...(unjoined && { unjoined: true as const }) };
    let count = 0;
    while (speaker.ask("send", command).type === "sent") count += 1;
    return count;
  };
  expect(said(true)).toBe(said(false));
  expect(said(true)).toBe(2);
});

test("a command that the hub refuses costs no more than its refusal", () => {
  const { mallory } = crowded({ workRateUs: 1, workBurstUs: 20 * refusalUs });
  const refusals = Array.from({ length: 25 }, () => {
    return mallory.ask("redact", { room: "elsewhere", target: 1 });
  });
  const codes = refusals.map((reply) => (reply as { code?: string }).code);
  expect(codes.slice(0, 10)).toEqual(Array(10).fill("not_joined"));
  expect(codes.at(-1)).toBe("rate_limited");
});
