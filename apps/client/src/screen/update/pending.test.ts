// What was said and is not in the log yet.

import { expect, test } from "bun:test";
import type { Effect } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { fault, inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";

const problems = ({ model }: Script) => model.pending.map(({ id, problem }) => [id, problem]);
const waiting = ({ model }: Script) => model.chat.unsaid.get(roomKey("lobby"))?.waiting ?? 0;

function refused(...texts: string[]): Script {
  const script = inLobby();
  for (const text of texts) script.enter(text);
  for (const effect of script.asked("send")) script.do({ type: "failed", effect, error: fault });
  return script;
}

test("what is sent is pending until the server has taken it", () => {
  const script = inLobby();
  script.enter("one");
  script.enter("two");
  expect(problems(script)).toEqual([
    [1, null],
    [2, null],
  ]);
  script.do({ type: "said", id: 1, room: "lobby" });
  expect([problems(script), waiting(script)]).toEqual([[[2, null]], 1]);
});

test("what was refused stays, with why, and is sent again under its id", () => {
  const script = refused("hello");
  expect(problems(script)).toEqual([[1, "It was refused."]]);
  expect(script.press("alt-r")).toEqual([
    { type: "send", id: 1, room: "lobby", text: "hello", action: false },
  ]);
  expect([problems(script), waiting(script)]).toEqual([[[1, null]], 1]);
  script.do({ type: "said", id: 1, room: "lobby" });
  expect([script.model.pending, waiting(script)]).toEqual([[], 0]);
});

test("an answer that was refused is sent again as an answer, an action as an action", () => {
  const script = inLobby();
  script.do({ type: "restored", pending: [] });
  script.enter("/me waves");
  script.enter("/reply 7 yes");
  for (const effect of script.asked("send")) script.do({ type: "failed", effect, error: fault });
  const again = script.enter("/retry").filter(({ type }) => type === "send");
  expect(again).toMatchObject([
    { id: 1, text: "waves", action: true },
    { id: 2, text: "yes", action: false, replyTo: 7 },
  ]);
});

test.each(["alt-c", "/edit other", "/redact", "/delete"])(
  "%s means no message before the one that is in no log: waiting, refused, or sent and not told yet",
  (way) => {
    const begin = () => {
      const script = inLobby();
      script.event(said("lobby", 1, "mina", "the first"));
      script.enter("the second");
      return script;
    };
    const tried = (script: Script): string[] => {
      const before = script.notices.length;
      if (way === "alt-c") script.press(way);
      else script.enter(way);
      expect([script.asked("edit"), script.asked("redact"), script.text]).toEqual([[], [], ""]);
      return way === "alt-c" ? [script.toast] : script.notices.slice(before);
    };
    const script = begin();
    expect(tried(script)[0]).toContain("not there yet");
    script.do({ type: "said", id: 1, room: "lobby", seq: 2 });
    expect(tried(script)[0]).toContain("not there yet");
    const other = begin();
    other.do({ type: "failed", effect: other.asked("send")[0] as Effect, error: fault });
    expect(tried(other)[0]).toContain("was refused");
    const later = inLobby();
    later.event(said("lobby", 1, "mina", "the first"));
    later.do({ type: "restored", pending: script.model.pending.concat(begin().model.pending) });
    expect(tried(later)[0]).toContain("not there yet");
  },
);

test("what is edited again is the edit that waits, until it came or was refused", () => {
  const begin = () => {
    const script = inLobby();
    script.event(said("lobby", 1, "mina", "helo"));
    script.press("alt-c");
    script.type("!");
    script.press("enter", "alt-c");
    return script;
  };
  const script = begin();
  expect(script.text).toBe("helo!");
  const stamp = { room: "lobby", seq: 2, at: 1, from: "mina", target: 1 } as const;
  script.event({ type: "edit", ...stamp, text: "hello, from elsewhere" });
  script.press("escape", "alt-c");
  expect([script.text, script.model.edits.size]).toEqual(["hello, from elsewhere", 0]);
  const other = begin();
  other.press("escape");
  other.do({ type: "failed", effect: other.asked("edit")[0] as Effect, error: fault });
  other.press("alt-c");
  expect(other.text).toBe("helo");
  const anew = begin();
  anew.press("escape");
  anew.joins("lobby", 1, { epoch: "another", again: true });
  anew.event(said("lobby", 1, "mina", "something else"));
  anew.press("alt-c");
  expect(anew.text).toBe("something else");
});

test("once it is there, or dropped, the last message can be edited again", () => {
  const script = inLobby();
  script.event(said("lobby", 1, "mina", "the first"));
  script.enter("the second");
  script.do({ type: "said", id: 1, room: "lobby", seq: 2 });
  script.event(said("lobby", 2, "mina", "the second"));
  script.press("alt-c");
  expect([script.text, script.model.compose]).toEqual(["the second", { kind: "edit", seq: 2 }]);
  const other = refused("never");
  other.event(said("lobby", 1, "mina", "the first"));
  other.press("alt-shift-r", "alt-c");
  expect(other.text).toBe("the first");
});

test("of several that failed one chooses", () => {
  const script = refused("one", "two");
  expect(script.press("alt-r")).toEqual([]);
  expect(script.press("down", "enter")).toMatchObject([{ type: "send", id: 2, text: "two" }]);
  expect(problems(script)).toEqual([
    [1, "It was refused."],
    [2, null],
  ]);
});

test("one of several is dropped from the list of them", () => {
  const script = refused("one", "two");
  expect(script.press("alt-r", "alt-shift-r")).toEqual([{ type: "forget", id: 1 }]);
  expect([problems(script), script.model.overlay]).toEqual([[[2, "It was refused."]], null]);
});

test("what is dropped is forgotten, and its text is in the input history", () => {
  const script = refused("one", "two");
  script.do({ type: "told", text: "", isError: false });
  script.model = { ...script.model, history: { ...script.model.history, entries: ["two"] } };
  expect(script.press("alt-shift-r")).toEqual([
    { type: "forget", id: 1 },
    { type: "forget", id: 2 },
  ]);
  expect([script.model.pending, script.model.history.entries]).toEqual([[], ["two", "one"]]);
  expect([script.press("alt-shift-r"), script.toast]).toEqual([[], "nothing has failed here"]);
  expect([script.press("alt-r"), script.toast]).toEqual([[], "nothing has failed"]);
});

test("only what failed in this room is dropped, and nothing that is on its way", () => {
  const script = refused("one");
  script.enter("two");
  script.press("alt-2");
  script.enter("/drop");
  expect(script.toast).toBe("nothing has failed here");
  script.press("alt-1", "alt-shift-r");
  expect(problems(script)).toEqual([[2, null]]);
});

test("what an earlier run left comes before what is said now, under other ids", () => {
  const script = inLobby();
  const left = { id: 1, room: "lobby", text: "old", isAction: false, replyTo: null, sinceMs: 0 };
  const key = roomKey("lobby");
  script.do({ type: "restored", pending: [{ ...left, key, problem: null }] });
  script.enter("new");
  expect(script.model.pending.map(({ id, text }) => [id, text])).toEqual([
    [1, "old"],
    [2, "new"],
  ]);
});
