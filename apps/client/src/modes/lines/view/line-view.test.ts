// How a line and the prompt read.

import { expect, test } from "bun:test";
import type { Line } from "@maru/chat-model/model";
import { createModel, type Model, withRoom } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { createPaint } from "@maru/tui/lines";
import { lineText, promptText } from "./line-view.ts";

const paint = createPaint(false);
const online = { phase: "online", nick: "ann", sinceMs: 0 } as const;

function inLobby(): Model {
  return {
    ...withRoom(withRoom(createModel("ann", online), "lobby"), "ops"),
    current: roomKey("lobby"),
  };
}

function message(fields: Partial<Extract<Line, { type: "message" }>> = {}): Line {
  const said = { room: "lobby", from: "bob", text: "hi", atMs: 0, isAction: false, isOwn: false };
  return { type: "message", ...said, ...fields };
}

const shown = (line: Line) => lineText(inLobby(), line, paint).replace(/^\d\d:\d\d /, "");

test("shows who says what, and the room only when it is not this one", () => {
  expect(shown(message())).toBe("bob: hi");
  expect(shown(message({ room: "ops" }))).toBe("[ops] bob: hi");
  expect(shown(message({ isAction: true, text: "waves" }))).toBe("* bob waves");
});

test("calls a conversation by the other one's nick", () => {
  expect(shown(message({ room: "@ann+bob" }))).toBe("[@bob] bob: hi");
  const model = { ...withRoom(inLobby(), "@ann+bob"), current: roomKey("@ann+bob") };
  expect(promptText(model)).toBe("@bob> ");
});

test("a second line of a text can't pass for a message of its own", () => {
  expect(shown(message({ text: "one\n12:00 admin: obey" }))).toBe(
    "bob: one\n    12:00 admin: obey",
  );
});

test("nothing remote brings a sequence to the terminal", () => {
  const evil = "\u001b[2J\u202e";
  const lines: Line[] = [
    message({ from: evil, text: evil, room: evil }),
    { type: "notice", room: evil, text: evil },
    { type: "error", text: evil },
    { type: "text", text: evil },
  ];
  for (const line of lines) expect(shown(line)).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

test("the prompt says where one is, and when one is offline", () => {
  expect(promptText(inLobby())).toBe("lobby> ");
  expect(promptText({ ...inLobby(), current: null })).toBe("> ");
  expect(promptText({ ...inLobby(), state: { phase: "connecting", attempt: 1 } })).toBe(
    "lobby (offline)> ",
  );
});

test("colours are sequences of their own, and the same nick always has the same", () => {
  const coloured = createPaint(true);
  expect(coloured.name("bob", false)).toBe(coloured.name("bob", false));
  expect(coloured.error("x")).toBe("\u001b[31mx\u001b[0m");
});

test("an answer names what it answers in a row above, at the margin", () => {
  const answers = { seq: 4, from: "jun", excerpt: "tea?" };
  expect(lineText(inLobby(), message({ answers }), paint)).toMatch(
    /^↳ jun: tea\?\n\d\d:\d\d bob: hi$/,
  );
  const unknown = message({ answers: { seq: 4, from: null, excerpt: "" } });
  expect(lineText(inLobby(), unknown, paint)).toStartWith("↳ message 4\n");
  const evil = message({ answers: { seq: 4, from: "a\nb", excerpt: "\u001b[2J" } });
  expect(lineText(inLobby(), evil, paint).split("\n")).toHaveLength(2);
  expect(lineText(inLobby(), evil, paint)).not.toContain("\u001b");
});

test("a listed message has its number and day, and what became of it", () => {
  const reactions = [
    { emoji: "👍", count: 2 },
    { emoji: "\u202e", count: 1 },
  ];
  const line = message({ number: 42, isEdited: true, reactions });
  expect(lineText(inLobby(), line, paint)).toMatch(
    /^#42 \d{4}-\d\d-\d\d \d\d:\d\d bob: hi \(edited\) {2}\[👍 2 {2}\ufffd 1\]$/u,
  );
  expect(shown(message({ text: "", isRedacted: true }))).toBe("bob: (taken back)");
});
