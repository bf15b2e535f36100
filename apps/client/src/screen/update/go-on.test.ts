// Conversations on the screen while their nicks change: nothing is said to an empty place, nothing is lost.

import { describe, expect, test } from "bun:test";
import { withRoom } from "@maru/chat-model/model";
import { lookEveryMs } from "@maru/chat-model/update";
import type { ChatClientEvent } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import {
  fault,
  inLobby,
  type Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";
import { draftsOf, storedRooms } from "../../modes/screen/screen-store.ts";
import { screenFrame } from "../view/screen-frame.ts";

const room = "@bob+mina";
const key = room;
const onlineAs = (nick: string) => ({ phase: "online", nick, sinceMs: 0 }) as const;

/** In the conversation with bob, who is here and has said something. */
function withBob(): Script {
  const script = inLobby();
  script.enter("/join @bob");
  script.joins(room, 0, { members: ["bob", "mina"] });
  script.event(said(room, 1, "bob", "hello"));
  return script;
}

const presence = (fields: object) =>
  ({ type: "presence", room, memberCount: 1, ...fields }) as ChatClientEvent;
const bobIsBea = presence({ renamed: [{ from: "bob", to: "bea" }] });

const renamed = (...pairs: readonly [string, string][]) =>
  presence({ memberCount: 1, renamed: pairs.map(([from, to]) => ({ from, to })) });
const movedTo = (script: Script, name = key) =>
  script.model.chat.rooms.get(roomKey(name))?.moved?.room;

/** As the SDK tells it: the state, what was left by it, the answer. */
function rename(script: Script, nick: string): void {
  script.event({ type: "state", state: onlineAs(nick) });
  const isOwn = room.slice(1).split("+").includes(nick);
  if (!isOwn) script.event({ type: "left", room, reason: null });
  script.do({ type: "renamed", nick });
}

const ways: [string, (script: Script) => void, string, string][] = [
  ["the other took another nick", (script) => script.event(bobIsBea), "@bea+mina", "@bea"],
  ["one has another nick", (script) => rename(script, "mona"), "@bob+mona", "@bob"],
];
const sends = (script: Script) => script.asked("send").map(({ text, room }) => [room, text]);
const drawn = (script: Script) =>
  screenFrame(script.model).rows.map((row) => row.map(({ text }) => text).join(""));

describe.each(ways)("%s", (_, change, next, place) => {
  test("the conversation stays, readable, and says where it goes on", () => {
    const script = withBob();
    change(script);
    expect([...script.model.chat.rooms.keys()]).toEqual([
      roomKey("lobby"),
      roomKey("ops"),
      roomKey(key),
    ]);
    expect([script.model.chat.current, script.seqs]).toEqual([roomKey(key), [1]]);
    expect(script.notices.join()).toContain(`the conversation goes on in ${place}`);
    expect(drawn(script)[0]).toContain(`goes on in ${place}`);
  });

  test("Enter opens it, and what was typed is said there with another one", () => {
    const script = withBob();
    change(script);
    script.type("are you there?");
    script.press("enter");
    expect(sends(script)).toEqual([]);
    expect(script.asked("join").at(-1)?.room).toBe(next);
    expect([script.model.chat.current, script.text]).toEqual([next, "are you there?"]);
    expect(script.toast).toContain(place);
    script.press("enter");
    expect(sends(script)).toEqual([[next, "are you there?"]]);
  });

  test("Enter on an empty line opens it, too; commands work as before", () => {
    const script = withBob();
    change(script);
    script.enter("/topic");
    expect(script.model.chat.current).toBe(roomKey(key));
    script.press("enter");
    expect([script.model.chat.current, script.text, sends(script)]).toEqual([next, "", []]);
  });

  test("what waits as a draft there stays, and what was typed comes behind it", () => {
    const script = withBob();
    script.model = {
      ...script.model,
      drafts: new Map([[roomKey(next), { text: "draft", caret: 0, compose: { kind: "say" } }]]),
    };
    change(script);
    script.type("typed");
    script.press("enter");
    expect(script.text).toBe("draft\ntyped");
  });

  test.each(["/me waves", "an answer"])("nothing else is said there: %s", (text) => {
    const script = withBob();
    change(script);
    if (!text.startsWith("/")) {
      script.model = { ...script.model, compose: { kind: "reply", seq: 1 } };
    }
    script.enter(text);
    expect(sends(script)).toEqual([]);
    const isKept = script.text === text || script.model.history.entries.includes(text);
    expect(isKept).toBe(true);
  });

  test("what was refused there is sent again where it goes on", () => {
    const script = withBob();
    script.type("late");
    script.press("enter");
    change(script);
    const [effect] = script.asked("send");
    if (effect === undefined) throw new Error("nothing was sent");
    script.do({ type: "failed", effect, error: fault });
    script.enter("/retry");
    expect(sends(script)).toEqual([
      [room, "late"],
      [next, "late"],
    ]);
    expect(script.model.pending).toMatchObject([{ room: next, text: "late", problem: null }]);
  });

  test("the level of the conversation is that of the next", () => {
    const script = withBob();
    script.enter("/notify none");
    change(script);
    script.press("enter");
    expect(script.model.levels.get(roomKey(next))).toBe("none");
  });

  test("it can be left", () => {
    const script = withBob();
    change(script);
    script.enter("/part");
    const [effect] = script.asked("leave");
    if (effect === undefined) throw new Error("nothing was left");
    const error = Object.assign(Object.create(fault), { code: "forbidden" });
    if (next === "@bob+mona") script.do({ type: "failed", effect, error });
    else script.event({ type: "left", room, reason: null });
    expect(script.model.chat.rooms.has(roomKey(key))).toBe(false);
  });
});

test("the next run opens what one's own conversations became, not what may not be entered", () => {
  const script = withBob();
  rename(script, "mona");
  const kept = storedRooms(script.model, new Map());
  expect([kept.rooms, kept.current]).toEqual([["lobby", "ops", "@bob+mona"], "@bob+mona"]);
});

test("another spelling of a nick is no other one", () => {
  const script = withBob();
  script.event(presence({ memberCount: 2, renamed: [{ from: "bob", to: "BOB" }] }));
  script.event({ type: "state", state: onlineAs("Mina") });
  expect(script.room.moved).toBeNull();
});

test("the members are who is here: by events, by answers, by what they say", () => {
  const script = withBob();
  const members = () => [...(script.room.members ?? [])].sort();
  expect(members()).toEqual(["bob", "mina"]);
  script.event(presence({ left: ["bob"] }));
  expect([members(), drawn(script)[0]]).toEqual([["mina"], expect.stringContaining("not here")]);
  script.event(presence({ memberCount: 2, joined: ["bob"] }));
  expect([members(), drawn(script)[0]]).toEqual([
    ["bob", "mina"],
    expect.not.stringContaining("not here"),
  ]);
  script.do({ type: "here", room, members: ["mina"] });
  expect(members()).toEqual(["mina"]);
  script.event(said(room, 2, "bob"));
  expect(members()).toEqual(["bob", "mina"]);
  script.do({ type: "said", room, isAbsent: true });
  expect([members(), script.notices.at(-1)]).toEqual([
    ["mina"],
    '"bob" is not here now: it is kept for when they come back',
  ]);
});

test("in a conversation the server is asked every so often who is here, in a room it is not", () => {
  const script = inLobby();
  expect(script.asked("look")).toEqual([]);
  script.enter("/join @bob");
  expect(script.asked("look")).toEqual([{ type: "look", room }]);
  script.nowMs += lookEveryMs - 1;
  script.do({ type: "ticked" });
  expect(script.asked("look")).toHaveLength(1);
  script.nowMs += 1;
  script.do({ type: "ticked" });
  expect(script.asked("look")).toHaveLength(2);
});

test("whom one ignores stays ignored under another nick, told of in a conversation, too", () => {
  const script = withBob();
  script.enter("/ignore bob");
  script.event(bobIsBea);
  expect([...script.model.chat.ignored]).toEqual([roomKey("bob"), roomKey("bea")]);
});

test("one's former nick still names one, until another person has it", () => {
  const script = inLobby();
  script.event({ type: "state", state: onlineAs("mona") });
  const mentions = (seq: number) => {
    script.event(said("ops", seq, "bob", "@mina look"));
    return script.model.chat.rooms.get(roomKey("ops"))?.mentions;
  };
  expect(mentions(1)).toBe(1);
  script.event({ type: "presence", room: "lobby", memberCount: 3, joined: ["mina"] });
  expect(mentions(2)).toBe(1);
});

test("what one said and what named one under the former nick is drawn as one's own and as meant", () => {
  const script = inLobby();
  script.event(said("lobby", 1, "mina", "mine"));
  script.event(said("lobby", 2, "bob", "mina: look"));
  const roles = () =>
    screenFrame(script.model)
      .rows.flat()
      .filter(({ text }) => /^(mina|bob)\b/.test(text.trim()))
      .map(({ text, role }) => `${text.trim()} ${role}`);
  const drawnAs = () => roles().filter((each) => /^(mina|bob) (own|mention)$/.test(each));
  // The last is oneself in the status line.
  expect(drawnAs()).toEqual(["mina own", "bob mention", "mina own"]);
  script.event({ type: "state", state: onlineAs("mona") });
  expect(drawnAs()).toEqual(["mina own", "bob mention"]);
});

/** `/mona`: oneself; `bob bea`: the other. */
function renameAll(script: Script, renames: readonly string[]): void {
  for (const each of renames) {
    const [from = "", to] = each.split(" ");
    if (to === undefined) rename(script, from.slice(1));
    else script.event(renamed([from, to]));
  }
}

test.each<[string, string[], string | undefined]>([
  ["the other: away and back", ["bob bea", "bea bob"], undefined],
  ["the other: in a circle", ["bob bea", "bea bo", "bo bob"], undefined],
  ["the other: on and on", ["bob bea", "bea bo"], "@bo+mina"],
  ["oneself: away and back", ["/mona", "/mina"], undefined],
  ["oneself: in a circle", ["/mona", "/mia", "/mina"], undefined],
  ["oneself: on and on", ["/mona", "/mia"], "@bob+mia"],
  ["both", ["bob bea", "/mona"], "@bea+mona"],
  ["both, one of them back", ["bob bea", "/mona", "/mina"], "@bea+mina"],
  ["both, and both back", ["/mona", "bob bea", "/mina", "bea bob"], undefined],
  ["each has the other's nick", ["bob x", "/bob", "x mina"], undefined],
])("a conversation leads to where both are now: %s", (_, renames, place) => {
  const script = withBob();
  script.type("words");
  renameAll(script, renames);
  expect([...draftsOf(script.model).keys()]).toEqual([roomKey(place ?? key)]);
  expect(movedTo(script)).toBe(place);
  const kept = storedRooms(script.model, new Map());
  expect([kept.rooms.at(-1), kept.current]).toEqual([place ?? key, place ?? key]);
  expect(drawn(script)[0]?.includes("goes on in")).toBe(place !== undefined);
  script.press("enter");
  if (place !== undefined) script.press("enter");
  expect(sends(script)).toEqual([[place ?? key, "words"]]);
});

test("two who exchanged their nicks are told of, each conversation is live, and the first Enter asks", () => {
  for (const events of [
    [renamed(["bob", "carl"], ["carl", "bob"])],
    [renamed(["bob", "x"]), renamed(["carl", "bob"]), renamed(["x", "carl"])],
  ]) {
    const script = withBob();
    script.enter("/join @carl");
    script.enter("/join @bob");
    for (const event of events) script.event(event);
    expect([movedTo(script), movedTo(script, "@carl+mina")]).toEqual([undefined, undefined]);
    script.enter("for bob");
    expect([sends(script), script.text]).toEqual([[], "for bob"]);
    expect(script.toast).toContain("bob may be somebody else");
    script.press("enter");
    expect(sends(script)).toEqual([[room, "for bob"]]);
  }
});

test("another person who speaks under a nick that was given up is answered after a warning; what is replayed is not they", () => {
  const script = withBob();
  script.event(bobIsBea);
  script.event(said(room, 1, "bob"));
  expect(movedTo(script)).toBe("@bea+mina");
  script.event(said(room, 2, "bob"));
  expect([movedTo(script), script.notices.at(-1)]).toEqual([
    undefined,
    "bob may be somebody else than before: you talked with bea, in @bea",
  ]);
  for (const line of ["/me waves", "/topic t"]) {
    script.model = { ...script.model, chat: withTaken(script) };
    script.enter(line);
    expect([sends(script), script.asked("topic")]).toEqual([[], []]);
  }
});

const withTaken = ({ model: { chat }, room: current }: Script) => {
  const { pair } = current;
  return pair === null ? chat : withRoom(chat, room, { pair: { ...pair, taken: "bea" } });
};

test("a nick that the server says was given up is asked for, and nothing is said to it", () => {
  const script = withBob();
  script.enter("late");
  const [effect] = script.asked("send");
  if (effect === undefined) throw new Error("nothing was sent");
  const error = Object.assign(Object.create(fault), { code: "nick_given_up" });
  const before = script.asked("join").length;
  script.do({ type: "failed", effect, error });
  expect(script.asked("join").slice(before)).toEqual([{ type: "join", room }]);
  script.event(bobIsBea);
  script.enter("/retry");
  expect(sends(script).at(-1)).toEqual(["@bea+mina", "late"]);
  script.enter("/msg bob more");
  expect(sends(script)).toHaveLength(2);
});

test("a connection that is back waits for no conversation of a former nick", () => {
  const script = withBob();
  rename(script, "mona");
  script.event({ type: "state", state: waiting });
  script.event({ type: "state", state: onlineAs("mona") });
  expect([...script.model.joining]).toEqual([roomKey("lobby"), roomKey("ops")]);
});
