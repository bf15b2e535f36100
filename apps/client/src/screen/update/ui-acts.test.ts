// Commands that are about the screen itself, and about what one wants to see.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import {
  fault,
  inLobby,
  logOf,
  online,
  reading,
  Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";

const level = ({ model }: Script) => model.levels.get(roomKey("lobby"));

test("/notify sets when one is called for the room, and tells it without a word", () => {
  const script = inLobby();
  script.enter("/notify MENTIONS");
  expect([level(script), script.toast]).toEqual(["mentions", "lobby: mentions"]);
  script.enter("/notify");
  expect(script.toast).toContain("lobby: mentions");
  script.enter("/notify never");
  expect([level(script), script.notices.at(-1)]).toEqual([
    "mentions",
    expect.stringContaining("when?"),
  ]);
  script.enter("/mute");
  expect(level(script)).toBe("none");
});

test("/dnd and /mouse are turned on, off, or to the other", () => {
  const script = inLobby();
  const quiet = ["/dnd", "/dnd", "/dnd on", "/dnd ON", "/dnd off"].map((line) => {
    script.enter(line);
    return script.model.doNotDisturb;
  });
  expect(quiet).toEqual([true, false, true, true, false]);
  const mouse = ["/mouse", "/mouse off", "/mouse perhaps"].flatMap((line) => script.enter(line));
  expect(mouse.filter(({ type }) => type === "mouse")).toEqual([
    { type: "mouse", isOn: true },
    { type: "mouse", isOn: false },
  ]);
  expect(script.notices.at(-1)).toBe("on or off?");
});

test("/reconnect tries at once where that is waited for, and tells what is so elsewhere", () => {
  const script = inLobby();
  const inPhase = (state: Script["model"]["chat"]["state"]) => {
    script.model = { ...script.model, chat: { ...script.model.chat, state } };
    return script.enter("/reconnect").filter(({ type }) => type === "reconnect");
  };
  expect([inPhase(online), script.toast]).toEqual([[], "you are connected"]);
  expect(inPhase(waiting)).toEqual([{ type: "reconnect" }]);
  expect(inPhase({ phase: "connecting", attempt: 2 })).toEqual([]);
  expect(script.toast).toBe("it is being tried already");
  expect(inPhase({ phase: "closed", reason: fault })).toEqual([]);
  expect(script.toast).toContain("/quit, and start again");
});

test("/clear empties the screen until one scrolls up", () => {
  const script = reading(300);
  script.press("pageup");
  script.enter("/clear");
  script.do({ type: "ticked" });
  expect([script.seqs, script.anchor, script.asked("page").length]).toEqual([[], null, 1]);
  script.event(said("lobby", 301));
  expect(script.seqs).toEqual([301]);
  script.press("pageup");
  expect(script.asked("page").at(-1)?.wanted).toEqual({ part: "older", before: 301, joins: 301 });
  script.answer(logOf("lobby", 301));
  expect([script.seqs.length, script.seqs.at(-1)]).toEqual([101, 301]);
});

test("/goto leads to a time, and tells what is none", () => {
  const script = reading(300);
  script.enter("/goto someday");
  expect(script.toast).toContain("no date");
  script.enter("/goto");
  expect(script.notices.at(-1)).toContain("when?");
  expect(script.enter("/goto 3000d")).toMatchObject([{ type: "page", wanted: { part: "at" } }]);
});

test("/bare shows nothing but text, and the way back", () => {
  const script = inLobby();
  script.enter("/bare");
  expect(script.model.isBare).toBe(true);
  script.press("escape");
  expect(script.model.isBare).toBe(false);
});

test("/keys shows the keys", () => {
  const script = inLobby();
  script.enter("/keys");
  expect(script.model.overlay).toEqual({ kind: "keys", top: 0 });
});

test("in no room, what is about one says so", () => {
  for (const line of ["/notify all", "/mute", "/goto 3d"]) {
    const script = new Script();
    script.enter(line);
    expect(script.toast).toContain("you are in no room");
  }
  const script = new Script();
  expect(script.enter("/clear")).toEqual([]);
});

test("/ignore hides what a person says and said, until /unignore", () => {
  const script = inLobby();
  script.enter("/ignore @Eve");
  script.event(said("lobby", 1, "eve"));
  expect([script.seqs, script.room.unread]).toEqual([[], 0]);
  script.enter("/ignore");
  expect(script.notices.at(-1)).toBe("you ignore eve");
  script.enter("/unignore EVE");
  expect([script.model.chat.ignored.size, script.notices.at(-1)]).toEqual([
    0,
    '"EVE" is shown again',
  ]);
});

test("/ignore refuses oneself and no name, /unignore who is not ignored", () => {
  const script = inLobby();
  for (const line of ["/ignore mina", "/ignore !!", "/unignore", "/unignore bob"])
    script.enter(line);
  expect(script.notices).toEqual([
    "that is you",
    expect.stringContaining('the nick "!!"'),
    "whom? /unignore NICK",
    'you do not ignore "bob"',
  ]);
});
