// Time, size and focus, and which key goes where.

import { expect, test } from "bun:test";
import { inLobby } from "../../../test/fixtures/scripted-screen.ts";
import { toastErrorMs, toastMs } from "./toast.ts";

test("a passing word goes by itself, an error after longer", () => {
  for (const [isError, ms] of [
    [false, toastMs],
    [true, toastErrorMs],
  ] as const) {
    const script = inLobby();
    script.do({ type: "told", text: "look", isError });
    script.nowMs += ms - 1;
    script.do({ type: "ticked" });
    expect(script.toast).toBe("look");
    script.nowMs += 1;
    script.do({ type: "ticked" });
    expect(script.model.toast).toBeNull();
  }
});

test("who has not been heard of writing for a while writes no longer", () => {
  const script = inLobby();
  script.event({ type: "typing", room: "lobby", from: "bob" });
  expect(script.room.typing).toHaveLength(1);
  script.nowMs += 60_000;
  script.do({ type: "ticked" });
  expect(script.room.typing).toEqual([]);
});

test("a screen of any size takes every key", () => {
  for (const size of [
    { width: 1, height: 1 },
    { width: 40, height: 12 },
    { width: 200, height: 60 },
  ]) {
    const script = inLobby();
    script.do({ type: "resized", size });
    script.type("hello");
    script.press("pageup", "f1", "pagedown", "escape", "up", "enter");
    expect([script.model.size, script.asked("send").length]).toEqual([size, 1]);
  }
});

test("a key that is bound to nothing types itself, and one that types nothing does nothing", () => {
  const script = inLobby();
  script.type("é한👍");
  script.press("f9", "ctrl-alt-shift-x");
  expect(script.text).toBe("é한👍");
});

test("what the server has to be told of how far one read is told once", () => {
  const script = inLobby();
  expect(script.do({ type: "due" })).toEqual([]);
});
