// What entries, presence and typing do to the rooms of the model.

import { describe, expect, test } from "bun:test";
import { type Entry, type EntryOf, typingShownMs } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import {
  itemsOfPage,
  membersMax,
  typingMax,
  withAmended,
  withLocalItem,
  withMessage,
  withoutStaleTyping,
  withPresence,
  withTopic,
  withTyping,
} from "./conversation.ts";
import { createModel, type Model, withCurrent, withRoom } from "./model.ts";
import { itemsOf } from "./timeline.ts";

const empty = createModel("me", { phase: "connecting" } as Model["state"]);
const lobby = withCurrent(withRoom(empty, "lobby"), roomKey("lobby"));
const two = withRoom(lobby, "dev");

const message = (seq: number, from = "ann", room = "lobby"): EntryOf<"message"> => ({
  type: "message",
  room,
  seq,
  at: seq * 1000,
  from,
  text: `said ${seq}`,
});
const roomOf = (model: Model, key = "lobby") => {
  const room = model.rooms.get(roomKey(key));
  if (room === undefined) throw new Error(`no room ${key}`);
  return room;
};
const itemKeys = (model: Model, key = "lobby") =>
  itemsOf(roomOf(model, key).timeline).map((item) => item.key);

describe("a message", () => {
  test("is held once, and read where one looks", () => {
    const now = withMessage(withMessage(lobby, message(1)), message(1));
    expect(itemKeys(now)).toEqual([1]);
    expect([roomOf(now).unread, roomOf(now).divider, roomOf(now).read]).toEqual([0, null, 1]);
  });

  test("elsewhere is unread, and the first of them is marked", () => {
    const now = [4, 5, 6].reduce(
      (model, seq) => withMessage(model, message(seq, "ann", "dev")),
      two,
    );
    expect([roomOf(now, "dev").unread, roomOf(now, "dev").divider]).toEqual([3, 3]);
    const own = withMessage(two, message(4, "ME", "dev"));
    expect([roomOf(own, "dev").unread, roomOf(own, "dev").divider]).toEqual([0, null]);
  });

  test("counts as a mention when it names one, or is for one alone", () => {
    const named = { ...message(1, "ann", "dev"), text: "@Me: look" };
    expect(roomOf(withMessage(two, named), "dev").mentions).toBe(1);
    const direct = withMessage(two, message(1, "ann", "@ann+me"));
    expect(roomOf(direct, "@ann+me").mentions).toBe(1);
  });

  test("of an ignored one is not held", () => {
    const now = withMessage(
      { ...two, ignored: new Set([roomKey("ann")]) },
      message(3, "Ann", "dev"),
    );
    expect(itemKeys(now, "dev")).toEqual([]);
    expect([roomOf(now, "dev").shown, roomOf(now, "dev").unread]).toEqual([3, 0]);
  });

  test("ends its sender's typing", () => {
    const typing = withTyping(withTyping(lobby, "lobby", "ann", true), "lobby", "bob", true);
    const now = withMessage(typing, message(1, "Ann"));
    expect(roomOf(now).typing.map(({ nick }) => nick)).toEqual(["bob"]);
  });
});

describe("an amendment", () => {
  const said = withMessage(lobby, message(1));
  const stamp = { room: "lobby", seq: 2, at: 1, target: 1 };
  const held = (model: Model) => {
    const [item] = itemsOf(roomOf(model).timeline);
    return item?.kind === "message" ? item.message : null;
  };

  test("changes the message", () => {
    const edit = { type: "edit", ...stamp, from: "ann", text: "anew" } as const;
    expect(held(withAmended(said, edit))?.text).toBe("anew");
  });

  test("of an ignored one takes away, but adds nothing", () => {
    const deaf = { ...said, ignored: new Set([roomKey("mod")]) };
    const redaction = { type: "redaction", ...stamp, from: "mod" } as const;
    expect(held(withAmended(deaf, redaction))?.redacted).toBe(true);
    const reaction = { type: "reaction", ...stamp, from: "mod", emoji: "👍" } as const;
    expect(held(withAmended(deaf, reaction))?.reactions).toBeUndefined();
    expect(roomOf(withAmended(deaf, reaction)).shown).toBe(2);
  });
});

test("a topic is an item, and news", () => {
  const topic = { type: "topic", room: "dev", seq: 3, at: 1, from: "ann", topic: "bread" } as const;
  const now = withTopic(two, topic);
  expect([itemKeys(now, "dev"), roomOf(now, "dev").topic]).toEqual([[3], "bread"]);
  expect(roomOf(now, "dev").hasNews).toBe(true);
});

test("a page has messages and topics as items, without those of people ignored", () => {
  const topic = { type: "topic", room: "lobby", seq: 2, at: 1, from: "ann", topic: "x" } as const;
  const reaction: Entry = {
    type: "reaction",
    room: "lobby",
    seq: 3,
    at: 1,
    from: "ann",
    target: 1,
    emoji: "👍",
  };
  const entries = [message(1), topic, reaction, message(4, "bob")];
  expect(itemsOfPage(entries, new Set()).map(({ key }) => key)).toEqual([1, 2, 4]);
  expect(itemsOfPage(entries, new Set([roomKey("bob")])).map(({ key }) => key)).toEqual([1, 2]);
});

describe("presence", () => {
  const known = withRoom(lobby, "lobby", { members: ["ann", "me"], memberCount: 2 });

  test("changes who is there, and stands in the conversation", () => {
    const now = withPresence(known, "lobby", {
      joined: ["cat"],
      left: ["Ann"],
      renamed: [{ from: "me", to: "you" }],
      memberCount: 2,
    });
    expect(roomOf(now).members).toEqual(["cat", "you"]);
    expect(itemsOf(roomOf(now).timeline).map(({ kind }) => kind)).toEqual(["presence"]);
  });

  test("without names, or of too many, leaves a count", () => {
    const counted = withPresence(known, "lobby", { memberCount: 5 });
    expect([roomOf(counted).members, roomOf(counted).memberCount]).toEqual([null, 5]);
    expect(itemKeys(counted)).toEqual([]);
    const many = withPresence(known, "lobby", { joined: ["cat"], memberCount: membersMax + 1 });
    expect(roomOf(many).members).toBeNull();
  });
});

describe("typing", () => {
  test("is known until it is stale, once for each, and not of oneself", () => {
    const at = { ...lobby, nowMs: 1000 };
    const now = ["ann", "ANN", "Me"].reduce((m, nick) => withTyping(m, "lobby", nick, true), at);
    expect(roomOf(now).typing).toEqual([{ nick: "ANN", untilMs: 1000 + typingShownMs }]);
    expect(withoutStaleTyping(now)).toBe(now);
    expect(roomOf(withoutStaleTyping({ ...now, nowMs: 1000 + typingShownMs })).typing).toEqual([]);
    expect(roomOf(withTyping(now, "lobby", "ann", false)).typing).toEqual([]);
  });

  test("is known of so many and no more", () => {
    const nicks = Array.from({ length: typingMax + 5 }, (_, index) => `n${index}`);
    const now = nicks.reduce((model, nick) => withTyping(model, "lobby", nick, true), lobby);
    expect(roomOf(now).typing).toHaveLength(typingMax);
    expect(roomOf(now).typing.at(-1)?.nick).toBe(nicks.at(-1) ?? "");
  });
});

test("what happens in a room that was left is dropped", () => {
  const notice = { kind: "notice", at: 0, text: "a", isError: false } as const;
  expect(withLocalItem(lobby, "gone", notice)).toBe(lobby);
  expect(withTyping(lobby, "gone", "ann", true)).toBe(lobby);
});
