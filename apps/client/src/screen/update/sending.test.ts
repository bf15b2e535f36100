// From what is typed to what is said.

import { describe, expect, test } from "bun:test";
import { typingEveryMs } from "@maru/chat-model/update";
import { textBytesMax } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { editorUnitsMax } from "@maru/tui/editor";
import { fault, inLobby, reading, Script, said } from "../../../test/fixtures/scripted-screen.ts";

const sends = (script: Script) => script.asked("send").map(({ text }) => text);

test("Enter says what is typed, once, and clears the line", () => {
  const script = inLobby();
  script.type("hello");
  const effects = script.press("enter");
  expect(effects).toEqual([{ type: "send", room: "lobby", text: "hello", action: false, id: 1 }]);
  expect([script.text, script.model.history.entries]).toEqual(["", ["hello"]]);
  expect(script.press("enter")).toEqual([]);
});

test("a second slash, or a space before one, says it as text", () => {
  const script = inLobby();
  script.enter("//help");
  script.enter(" /help");
  expect(sends(script)).toEqual(["/help", "/help"]);
});

test("a command is done, and an unknown one is told of and never sent", () => {
  const script = inLobby();
  script.enter("/me waves");
  script.enter("/wave");
  expect(script.asked("send")).toMatchObject([{ text: "waves", action: true }]);
  expect(script.notices.at(-1)).toContain("there is no command /wave");
  expect(script.text).toBe("");
});

test("a text of as many bytes as fit is sent, and one of more stays in the line", () => {
  const most = `${"한".repeat(Math.floor(textBytesMax / 3))}ab`;
  const script = inLobby();
  for (const text of [most, `${most}c`]) {
    script.paste(text);
    script.press("enter", "enter");
    if (text === most) continue;
    script.press("escape");
  }
  expect(sends(script)).toEqual([most]);
  expect(script.text).toBe(`${most}c`);
});

describe("a text that is too long for one message", () => {
  const lines = Array.from({ length: 300 }, (_, at) => `${at} `.padEnd(60, "한"));
  const long = (...before: readonly string[]): Script => {
    const script = inLobby();
    script.event(said("lobby", 1));
    script.press(...before);
    script.paste(lines.join("\n"));
    script.press("enter", "enter");
    return script;
  };

  test("is asked about, and stays in the line when one goes back", () => {
    const script = long();
    expect(script.model.overlay).toMatchObject({ kind: "parts", bytes: 52_119 });
    script.type("y");
    expect(script.press("escape")).toEqual([]);
    expect([script.text, script.model.overlay]).toEqual([lines.join("\n"), null]);
  });

  test("is sent in parts that end where lines end, each once, and can be had again", () => {
    const script = long();
    script.press("enter");
    const parts = sends(script);
    expect(parts.join("\n")).toBe(lines.join("\n"));
    expect(Math.max(...parts.map((each) => Buffer.byteLength(each)))).toBeLessThan(8193);
    expect(script.model.pending.map(({ id }) => id)).toEqual(parts.map((_, at) => at + 1));
    expect([
      script.text,
      script.model.overlay,
      script.model.chat.unsaid.get(roomKey("lobby"))?.waiting,
    ]).toEqual(["", null, parts.length]);
    expect(script.model.history.entries).toEqual([lines.join("\n")]);
  });

  test("goes nowhere else when one is taken out of its room meanwhile", () => {
    const script = long();
    script.event({ type: "left", room: "lobby", reason: fault });
    expect(script.press("enter").filter(({ type }) => type === "send")).toEqual([]);
  });

  test("answers with its first part", () => {
    const script = long("alt-q");
    script.press("enter");
    const [first, ...rest] = script.asked("send").map(({ replyTo }) => replyTo);
    expect([first, new Set(rest)]).toEqual([1, new Set([undefined])]);
    expect(script.model.compose.kind).toBe("say");
  });
});

test("a text that is too long and no plain saying has to be shortened", () => {
  const script = inLobby();
  script.paste(`/me ${"a".repeat(textBytesMax + 1)}`);
  script.press("enter", "enter");
  expect(script.toast).toContain("8,193 bytes are too long: a message holds 8,192; shorten it");
});

test("what makes a line of a command counts for nothing", () => {
  const most = "a".repeat(textBytesMax);
  const script = inLobby();
  script.paste(`/me ${most}`);
  script.press("enter", "enter");
  script.paste(`//${most}`);
  script.press("enter", "enter");
  expect(sends(script)).toEqual([most]);
});

test("a lone help or quit is asked about once, and then said like anything else", () => {
  for (const [word, command] of [
    ["help", "/help"],
    ["Quit ", "/quit"],
  ] as const) {
    const script = inLobby();
    expect(script.enter(word).filter(({ type }) => type === "send")).toEqual([]);
    expect([script.text, script.toast]).toEqual([word, expect.stringContaining(command)]);
    script.press("enter");
    script.enter("help");
    expect(sends(script)).toEqual([word, "help"]);
  }
});

test("an empty line and blanks say nothing", () => {
  const script = inLobby();
  script.enter("");
  script.type("   ");
  expect([script.press("enter"), script.text]).toEqual([[], ""]);
});

test("Enter answers the message that a reply was begun to", () => {
  const script = inLobby();
  script.event(said("lobby", 1));
  script.press("alt-q");
  script.enter("//yes");
  expect(script.asked("send")).toMatchObject([{ text: "//yes", replyTo: 1, id: 1 }]);
  expect(script.model.compose).toEqual({ kind: "say" });
  expect(script.model.chat.unsaid.get(roomKey("lobby"))?.waiting).toBe(1);
});

test("Enter puts another text in the place of what is edited, and an empty one leaves it", () => {
  const script = inLobby();
  script.event(said("lobby", 1, "mina", "helo"));
  script.press("alt-c");
  expect(script.text).toBe("helo");
  script.press("left");
  script.type("l");
  script.press("enter");
  expect(script.asked("edit")).toEqual([{ type: "edit", room: "lobby", target: 1, text: "hello" }]);
  script.press("alt-c", "ctrl-u", "enter");
  expect([script.asked("edit").length, script.model.compose.kind]).toEqual([1, "say"]);
  expect(script.asked("send")).toEqual([]);
});

test("an edit that is refused is told with its text", () => {
  const script = inLobby();
  const effect = { type: "edit", room: "lobby", target: 1, text: "my words" } as const;
  script.do({ type: "failed", effect, error: fault });
  expect(script.notices.at(-1)).toContain("my words");
});

test("a line that is typed in no room stays to be had again", () => {
  const script = new Script();
  script.enter("hello");
  expect(script.toast).toContain("you are in no room");
  script.press("up");
  expect(script.text).toBe("hello");
});

test("saying something moves to the end of the room, a command leaves one where one reads", () => {
  const script = reading(150);
  script.press("pageup");
  const place = script.anchor;
  expect(place).not.toBeNull();
  script.enter("/notify none");
  expect(script.anchor).toBe(place);
  script.enter("hello");
  expect(script.anchor).toBeNull();
});

test("others are told that one writes, not more often than every three seconds", () => {
  const script = inLobby();
  script.type("hel");
  script.nowMs += typingEveryMs - 1;
  script.type("l");
  expect(script.asked("typing")).toHaveLength(1);
  script.nowMs += 1;
  script.type("o");
  expect(script.asked("typing")).toHaveLength(2);
});

test("they are told when the line was emptied, and not when it was sent", () => {
  const script = inLobby();
  script.type("hello");
  script.press("ctrl-c");
  expect(script.asked("typing").map(({ isTyping }) => isTyping)).toEqual([true, false]);
  script.enter("hello");
  expect(script.asked("typing")).toHaveLength(3);
});

test("the room is not told of a command, of blanks, or where that is not wished", () => {
  const script = inLobby();
  script.type("/join ops");
  script.press("ctrl-c");
  script.type("  ");
  expect(script.asked("typing")).toEqual([]);
  const silent = inLobby({}, { tellsTyping: false });
  silent.type("hello");
  expect(silent.asked("typing")).toEqual([]);
});

test("in another room nothing is told of what was typed in the one before", () => {
  const script = inLobby();
  script.type("hello");
  script.press("alt-2");
  expect(script.asked("typing")).toEqual([
    { type: "typing", room: "lobby", isTyping: true },
    { type: "typing", room: "lobby", isTyping: false },
  ]);
  script.press("alt-1");
  expect(script.asked("typing")).toHaveLength(2);
});

test("what the person's own editor made of it stands in the line; a problem changes nothing", () => {
  const script = inLobby();
  script.type("draft");
  expect(script.press("alt-e")).toEqual([
    { type: "edit-outside", text: "draft", key: roomKey("lobby") },
  ]);
  const back = { type: "edited-outside", key: roomKey("lobby") } as const;
  script.do({ ...back, text: "one\ntwo\n\n", problem: null });
  expect(script.text).toBe("one\ntwo");
  script.do({ ...back, text: null, problem: "vi is not there" });
  script.do({ ...back, text: null, problem: null });
  expect([script.text, script.toast]).toEqual(["one\ntwo", "vi is not there"]);
  script.press("ctrl-_");
  expect(script.text).toBe("draft");
});

test("of what came back and is too long for the line, one is told how much, and where it is", () => {
  for (const key of ["lobby", "ops"].map(roomKey)) {
    const script = inLobby();
    const text = "x".repeat(editorUnitsMax + 7);
    script.do({ type: "edited-outside", key, text, problem: null, file: "/tmp/message.txt" });
    const told = "too long for the line: 7 characters left out; all of it is in /tmp/message.txt";
    expect(script.toast).toContain(told);
    const held = key === "lobby" ? script.text : script.model.drafts.get(roomKey(key))?.text;
    expect(held).toHaveLength(editorUnitsMax);
  }
});

test("it goes to the room in which it was begun, also when one has been taken out of that", () => {
  const script = inLobby();
  script.type("here");
  script.do({ type: "edited-outside", key: roomKey("ops"), text: "there", problem: null });
  expect(script.text).toBe("here");
  expect(script.model.drafts.get(roomKey("ops"))).toMatchObject({
    text: "there",
    compose: { kind: "say" },
  });
});
