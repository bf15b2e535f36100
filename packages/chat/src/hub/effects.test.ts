// The order of effects, as the hub gives them: what a service carries out one after the other.

import { expect, test } from "bun:test";
import type { Command, Entry, NameKey } from "@maru/protocol/chat";
import { Hub } from "../hub.ts";
import { defaultChatSettings } from "../settings.ts";
import type { Effects, LogTag } from "./effects.ts";

const config = {
  ...defaultChatSettings,
  server: "maru/test",
  durability: "memory" as const,
  heartbeatMs: 30_000,
  frameBytes: 65_536,
  textBytes: 8_192,
  inflight: 256,
  sendRate: 0,
  sendBurst: 1,
  workRateUs: 0,
  fanoutRateBytes: 0,
  unansweredPerMinute: 0,
  presenceMs: 0,
  createToken: () => "token",
};

const room = "a" as NameKey;
const entry: Entry = { type: "message", room: "a", seq: 1, at: 0, from: "mina", text: "hi" };
const named = (effects: Effects) =>
  effects.map((effect) => ("message" in effect ? effect.message.type : effect.kind));

/** A hub with a session 1 that has asked to join a room whose head is 1. */
function joining(after: number): { hub: Hub; asked: Effects } {
  const hub = new Hub(config);
  const hello: Command = { type: "hello", id: 1, versions: [1], client: "test", nick: "mina" };
  expect(named(hub.command(1, hello, 0))).toEqual(["accept", "welcome"]);
  hub.command(1, { type: "join", id: 2, room: "a", after }, 0);
  const tag = { kind: "open", room } as const;
  const asked = hub.logged({ kind: "opened", tag, epoch: "e", head: 1, topic: "", spoken: [] }, 0);
  return { hub, asked };
}

function tagOf(effects: Effects): LogTag {
  const log = effects.find((effect) => effect.kind === "log");
  if (log === undefined) throw new Error("the log isn't asked");
  return log.request.tag;
}

test("joined comes before what was missed, and the session enters behind it, wherever it was", () => {
  const { hub, asked } = joining(0);
  const page = { entries: [entry], head: 1, more: false, gap: false };
  const effects = hub.logged({ kind: "page", tag: tagOf(asked), ...page }, 0);
  expect(named(effects)).toEqual(["exit", "joined", "message", "enter"]);
});

test("sent comes before the message that it acknowledges, and neither before the log has it", () => {
  const { hub } = joining(1);
  const asked = hub.command(1, { type: "send", id: 3, room: "a", text: "hi" }, 0);
  expect(named(asked)).toEqual(["log"]);
  const result = { entry: { ...entry, seq: 2 }, duplicate: false };
  const effects = hub.logged({ kind: "appended", tag: tagOf(asked), ...result }, 0);
  expect(effects.map(({ kind }) => kind)).toEqual(["reply", "publish"]);
  expect(named(effects)).toEqual(["sent", "message"]);
});

test("a duplicate is acknowledged and not said again", () => {
  const { hub } = joining(1);
  const asked = hub.command(1, { type: "send", id: 3, room: "a", text: "hi", cid: "c" }, 0);
  const effects = hub.logged({ kind: "appended", tag: tagOf(asked), entry, duplicate: true }, 0);
  expect(named(effects)).toEqual(["sent"]);
});

test("the exit of a leave comes before its answer, and the end of an empty room with it", () => {
  const { hub } = joining(1);
  const effects = hub.command(1, { type: "leave", id: 3, room: "a" }, 0);
  expect(named(effects)).toEqual(["exit", "dissolve", "left"]);
});

test("a session that is replaced is out of its rooms before it is closed, and then comes the welcome", () => {
  const { hub } = joining(1);
  const hello: Command = { type: "hello", id: 1, versions: [1], client: "test", resume: "token" };
  const effects = hub.command(2, hello, 0);
  expect(named(effects)).toEqual(["exit", "dissolve", "close", "accept", "welcome"]);
});

test("a log that answers another question than it was asked is a bug, and throws", () => {
  const { hub } = joining(1);
  const tag = { kind: "history", session: 1, re: 3, room, bytesMax: 1 } as const;
  expect(() => hub.logged({ kind: "appended", tag, entry, duplicate: false }, 0)).toThrow(
    "appended",
  );
});

test("a session without a hello and a log answer for no session have no effect", () => {
  const { hub } = joining(1);
  expect(hub.command(9, { type: "ping", id: 1 }, 0)).toEqual([]);
  expect(hub.closed(9)).toEqual([]);
  const tag = { kind: "open", room: "never" as NameKey } as const;
  expect(
    hub.logged({ kind: "opened", tag, epoch: "e", head: 0, topic: "", spoken: [] }, 0),
  ).toEqual([]);
});
