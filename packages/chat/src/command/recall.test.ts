// A command that was acknowledged once is acknowledged again, whatever has come to stand in its way:
// every command with a cid, against everything that the hub refuses for.

import { describe, expect, test } from "bun:test";
import type { ChatErrorCode } from "@maru/protocol/chat";
import { ChatFixture, type ChatFixtureOptions, type Visitor } from "../../test/chat-fixture.ts";
import { LateLog } from "../../test/late-log.ts";

const commands = {
  send: { text: "hi" },
  edit: { target: 1, text: "hey" },
  redact: { target: 1 },
  react: { target: 1, emoji: "👍" },
  topic: { topic: "us" },
} as const;
type Type = keyof typeof commands;
const types = Object.keys(commands) as Type[];

interface Hindrance {
  readonly code: ChatErrorCode;
  readonly options?: ChatFixtureOptions;
  /** Where the command is said at first; there mina has said something. */
  readonly room: string;
  /** Mina's next visit, on which the same is asked: and where. */
  readonly again: (mina: Visitor, fixture: ChatFixture) => string;
  /** Of the command, beside. */
  readonly fields?: { readonly unjoined: true };
  readonly only?: readonly Type[];
}

const direct = "@jun+mina";

const hindrances: Record<string, Hindrance> = {
  "the other has not answered": {
    code: "unanswered",
    options: { unansweredBurst: 3, unansweredPerMinute: 1 },
    room: direct,
    again: (mina) => {
      while (mina.ask("send", { room: direct, text: "?" }).type === "sent");
      return direct;
    },
    only: ["send", "edit", "react", "topic"],
  },
  "the room is not joined": { code: "not_joined", room: "lobby", again: () => "lobby" },
  "the room is not joined, and is another": {
    code: "not_joined",
    room: direct,
    again: () => "elsewhere",
  },
  "the conversation is two others'": { code: "forbidden", room: direct, again: () => "@eve+jun" },
  "no more rooms may be begun": {
    code: "rate_limited",
    options: {
      newRoomBurstPerIp: 1,
      newRoomRatePerIp: 1,
    },
    room: direct,
    again: () => "@eve+mina",
  },
  "no more rooms may be entered": {
    code: "too_many_rooms",
    options: { roomsPerSession: 1 },
    room: direct,
    again: (mina) => {
      mina.ask("join", { room: "one" });
      return "two";
    },
    fields: { unjoined: true },
    only: ["send"],
  },
  "the server holds no more rooms": {
    code: "server_full",
    options: { roomsMax: 1 },
    room: direct,
    again: (_mina, fixture) => {
      fixture.guest("eve").ask("join", { room: "one" });
      return direct;
    },
  },
};

describe.each(Object.entries(hindrances))("when %s", (_name, hindrance) => {
  test.each(hindrance.only ?? types)("%s with a known cid is acknowledged as before", (type) => {
    const fixture = new ChatFixture(hindrance.options);
    const first = fixture.guest("mina");
    const ask = (visitor: Visitor, cid: string, room: string) =>
      visitor.ask(type, { room, cid, ...commands[type], ...hindrance.fields } as never);
    if (!hindrance.room.startsWith("@")) first.ask("join", { room: hindrance.room });
    first.ask("send", { room: hindrance.room, text: "first" });
    const sent = ask(first, "known", hindrance.room);
    expect(sent).toMatchObject({ type: "sent", duplicate: false, seq: 2 });
    first.leaveForGood();
    const mina = fixture.guest("mina");
    const room = hindrance.again(mina, fixture);
    const refusal = { type: "error", code: hindrance.code };
    expect(ask(mina, "new", room)).toMatchObject(refusal);
    const { re: _re, ...known } = sent as typeof sent & { re: number };
    expect(ask(mina, "known", room)).toMatchObject({ ...known, duplicate: true });
    expect(ask(mina, "new", room)).toMatchObject(refusal);
  });
});

test("a disk that fails leaves open what is stored: to be asked again, not refused for good", () => {
  const { log, createLog } = LateLog.create();
  const fixture = new ChatFixture({ log: createLog });
  const mina = fixture.guest("mina");
  const asked = mina.tell("send", { room: "lobby", text: "hi", cid: "c" });
  fixture.tick();
  log().answer(0, true);
  fixture.tick();
  expect(mina.answerTo(asked)).toMatchObject({ code: "storage_unavailable", retryable: true });
});

describe("what was not stored gives its place back", () => {
  const bounds = { unansweredBurst: 1, unansweredPerMinute: 1 };
  const say = (mina: Visitor, cid?: string) =>
    mina.ask("send", { room: direct, text: "hi", ...(cid !== undefined && { cid }) });

  test("a duplicate", () => {
    const fixture = new ChatFixture({ ...bounds, unansweredBurst: 2 });
    const mina = fixture.guest("mina");
    say(mina, "c");
    expect(say(mina, "c")).toMatchObject({ duplicate: true, seq: 1 });
    expect([say(mina), say(mina)]).toMatchObject([{ type: "sent" }, { code: "unanswered" }]);
  });

  test("what the log refuses", () => {
    const { log, createLog } = LateLog.create();
    const fixture = new ChatFixture({ ...bounds, log: createLog });
    const mina = fixture.guest("mina");
    /** The log's answers: to the question for the room, and to the entry. */
    const told = (refuses: boolean) => {
      const id = mina.tell("send", { room: direct, text: "hi" });
      for (const isRefused of [false, refuses]) {
        fixture.tick();
        log().answer(0, isRefused);
      }
      fixture.tick();
      return mina.answerTo(id);
    };
    expect(told(true)).toMatchObject({ code: "storage_unavailable" });
    expect(told(false)).toMatchObject({ type: "sent" });
    expect(told(false)).toMatchObject({ code: "unanswered" });
  });

  test("what a budget of new rooms refuses", () => {
    const fixture = new ChatFixture({ ...bounds, newRoomBurstPerIp: 1, newRoomRatePerIp: 60 });
    const mina = fixture.guest("mina");
    mina.ask("send", { room: "@eve+mina", text: "hi" });
    expect(say(mina)).toMatchObject({ code: "rate_limited", retryAfterMs: 60_000 });
    fixture.now += 59_999;
    expect(say(mina)).toMatchObject({ code: "rate_limited" });
    fixture.now += 1;
    expect(say(mina)).toMatchObject({ type: "sent" });
  });
});
