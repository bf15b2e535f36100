// When an event is worth calling the person for.

import { expect, test } from "bun:test";
import type { NotifyLevel } from "@maru/chat-model/model";
import {
  inLobby,
  logOf,
  online,
  reading,
  type Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";

/** In lobby, and looking elsewhere. */
function unfocused(...given: Parameters<typeof inLobby>): Script {
  const script = inLobby(...given);
  script.do({ type: "focused", isFocused: false });
  return script;
}

const calls = (script: Script) => script.asked("call").map(({ text }) => text);

test("a message calls a person who looks elsewhere, with who said what where", () => {
  const script = unfocused();
  expect(script.event(said("ops", 1, "bob", "hi @mina"))).toEqual([
    { type: "call", room: "ops", from: "bob", text: "hi @mina", isMention: true },
  ]);
});

test("the person is not called while they look, for their own words, or for what was heard", () => {
  const script = inLobby();
  script.do({ type: "focused", isFocused: true });
  script.event(said("lobby", 1));
  script.do({ type: "focused", isFocused: false });
  script.event(said("lobby", 1));
  script.event(said("lobby", 2, "mina"));
  script.event({ ...said("lobby", 3), text: "", redacted: true });
  expect(calls(script)).toEqual([]);
});

test("after a reconnect only what was missed calls", () => {
  const script = unfocused();
  script.event(said("lobby", 1, "bob", "heard"));
  script.event({ type: "state", state: waiting });
  script.event({ type: "state", state: online });
  script.joins("lobby", 2, { again: true });
  script.event(said("lobby", 1, "bob", "heard"));
  script.event(said("lobby", 2, "bob", "missed"));
  expect(calls(script)).toEqual(["heard", "missed"]);
});

test("what a page brings does not call", () => {
  const script = reading(10);
  script.do({ type: "focused", isFocused: false });
  script.do({ type: "started" });
  script.event(said("lobby", 10));
  expect([calls(script), logOf("lobby", 10).length]).toEqual([[], 10]);
});

test("whom one ignores does not call, nor does anything while one is not to be disturbed", () => {
  const script = unfocused();
  script.enter("/ignore bob");
  script.event(said("lobby", 1));
  script.enter("/dnd on");
  script.event(said("lobby", 2, "ann"));
  script.enter("/dnd off");
  script.event(said("lobby", 3, "ann", "now"));
  expect(calls(script)).toEqual(["now"]);
});

test("each room has its own level, a conversation counts as a mention", () => {
  const heard = (level: NotifyLevel) => {
    const script = unfocused();
    script.enter(`/notify ${level}`);
    script.event(said("lobby", 1, "bob", "plain"));
    script.event(said("lobby", 2, "bob", "@mina"));
    return calls(script);
  };
  expect([heard("all"), heard("mentions"), heard("none")]).toEqual([
    ["plain", "@mina"],
    ["@mina"],
    [],
  ]);
  const script = unfocused({}, { notifyLevel: "mentions" });
  script.event(said("@bob+mina", 1, "bob", "direct"));
  script.event(said("lobby", 1, "bob", "plain"));
  expect(calls(script)).toEqual(["direct"]);
});

test("who wants to be called always is called for what they do not see", () => {
  const script = inLobby({}, { notifyWhen: "always" });
  script.do({ type: "focused", isFocused: true });
  script.event(said("lobby", 1, "bob", "seen"));
  script.event(said("ops", 1, "bob", "unseen"));
  expect(calls(script)).toEqual(["unseen"]);
});

test("where the terminal tells no focus, a key or the mouse says that one is there", () => {
  const script = inLobby();
  script.press("left");
  script.event(said("ops", 1, "bob", "present"));
  script.nowMs += 61_000;
  script.do({ type: "wheel", x: 1, y: 1, rows: -1 });
  script.event(said("ops", 2, "bob", "still present"));
  script.nowMs += 61_000;
  script.event(said("ops", 3, "bob", "away"));
  expect(calls(script)).toEqual(["away"]);
});
