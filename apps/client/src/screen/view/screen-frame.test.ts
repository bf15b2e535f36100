// The whole screen at the sizes that people have, row by row.

import { describe, expect, test } from "bun:test";
import { numbersFor, withCurrent, withRoom } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { editorOf } from "@maru/tui/editor";
import { frameRows, samplePending, sampleScreen } from "../../../test/fixtures/sample-screen.ts";
import type { Overlay } from "../model/screen-model.ts";
import { screenFrame } from "./screen-frame.ts";

const editor = editorOf("네, 확인했어요 👍");

describe("a screen of", () => {
  test("40×12 is the conversation with a title and a status", () => {
    const frame = screenFrame(sampleScreen(40, 12, { editor }));
    const rows = frameRows(frame);
    expect(rows).toHaveLength(12);
    expect(rows[0]).toBe("ops · 배포와 장애 대응 🚢      4 members");
    expect(rows).toContain("  안녕하세요 👋");
    expect(rows[10]).toBe("● online  mina ─── ✎  [@bob @1, lobby 2]");
    expect(rows[11]).toBe("> 네, 확인했어요 👍");
    expect(frame.caret).toEqual({ x: 19, y: 11 });
  });

  test("40×24 is the same with more of it", () => {
    const rows = frameRows(screenFrame(sampleScreen(40, 24, { editor })));
    expect(rows).toHaveLength(24);
    expect(rows[22]).toBe("● online  mina ─── ✎  [@bob @1, lobby 2]");
    expect(rows[23]).toBe("> 네, 확인했어요 👍");
  });

  test("80×24 has the rooms beside it, and says who writes", () => {
    const frame = screenFrame(sampleScreen(80, 24, { editor }));
    const rows = frameRows(frame);
    expect(rows.slice(0, 6)).toEqual([
      `ops · 배포와 장애 대응 🚢${" ".repeat(46)}4 members`,
      "rooms 4          │",
      "1 lobby         2│",
      "2▸ops            │",
      "3 잡담방        ·│",
      "4 @bob         @1│",
    ]);
    expect(rows[20]).toStartWith("                 │08:47       지호 │ 안녕하세요 👋");
    expect(rows[22]).toBe(`● online  mina ${"─".repeat(49)} bob is writing…`);
    expect(rows[23]).toBe("ops> 네, 확인했어요 👍");
    expect(frame.caret).toEqual({ x: 22, y: 23 });
  });

  test("120×40 has the members too, sorted, with the mark of who writes", () => {
    const rows = frameRows(screenFrame(sampleScreen(120, 40, { editor })));
    expect(rows.slice(1, 6).map((row) => row.slice(row.lastIndexOf("│")))).toEqual([
      "│ members 4",
      "│ ann",
      "│ ✎ Bob",
      "│ mina",
      "│ 지호",
    ]);
    expect(rows[3]).toStartWith("2▸ops                  │");
  });

  test("200×50 gives what is left to the conversation", () => {
    const rows = frameRows(screenFrame(sampleScreen(200, 50, { editor })));
    expect(rows).toHaveLength(50);
    expect(rows[2]).toStartWith("1 lobby                 2│");
    expect(rows[48]).toEndWith("─ bob is writing…");
    expect(rows[49]).toBe("ops> 네, 확인했어요 👍");
  });
});

test("the bare view has nothing but text", () => {
  const rows = frameRows(screenFrame(sampleScreen(120, 12, { isBare: true })));
  expect(rows.join("")).not.toContain("rooms 4");
  expect(rows.join("")).not.toContain("online");
  expect(rows[11]).toBe("ops>");
});

test("a small list of rooms scrolls so that the current one is seen", () => {
  const model = sampleScreen(80, 10);
  let { chat } = model;
  for (let number = 0; number < 30; number += 1) chat = withRoom(chat, `room${number}`);
  const rows = frameRows(screenFrame({ ...model, chat: withCurrent(chat, roomKey("room20")) }));
  expect(rows[1]).toStartWith("rooms 34 ↑↓      │");
  expect(rows.join("\n")).toContain("\n ▸room20");
});

test("a name that is too long is cut, and marks stay", () => {
  const model = sampleScreen(80, 24);
  const chat = withRoom(model.chat, "a-room-with-a-very-long-name", { unread: 1200, mentions: 3 });
  const numbers = numbersFor(chat, new Map());
  const pending = [samplePending(1, "no")];
  const rows = frameRows(screenFrame({ ...model, chat, numbers, pending }));
  expect(rows[3]).toStartWith("2▸ops           ✗│");
  expect(rows[5]).toStartWith("4 a-room… @3 999+│");
});

describe("on top of the conversation", () => {
  const over = (overlay: Overlay, width = 80, height = 14) =>
    screenFrame(sampleScreen(width, height, { overlay, editor }));
  const text = { kind: "text", title: "names", text: "ann\tbob\n지호", top: 0 } as const;

  test("a text stands in a box beside the rooms, and hides the caret", () => {
    const frame = over(text);
    const rows = frameRows(frame);
    expect(frame.caret).toBeNull();
    expect(rows[0]).toEndWith("Esc closes");
    expect(rows.slice(4, 8)).toEqual([
      `3 잡담방        ·│┌─ names ${"─".repeat(52)}┐`,
      `4 @bob         @1││ ann    bob${" ".repeat(48)} │`,
      `                 ││ 지호${" ".repeat(54)} │`,
      `                 │└─ Esc closes ${"─".repeat(47)}┘`,
    ]);
    expect(rows[13]).toBe("ops> 네, 확인했어요 👍");
  });

  test("a text is as wide as a narrow screen, and never scrolls beyond its end", () => {
    const long = { ...text, text: "row\n".repeat(30).concat("end"), top: 99 };
    const rows = frameRows(over(long, 40, 12));
    expect(rows[1]).toBe(`─ names ${"─".repeat(32)}`);
    expect(rows[8]).toBe("end");
    expect(rows[9]).toBe(`─ ↑  25-31 of 31  Esc closes ${"─".repeat(11)}`);
  });

  test("the keys are those that are bound", () => {
    const rows = frameRows(over({ kind: "keys", top: 0 }, 120, 40)).join("\n");
    expect(rows).toMatch(/Enter +send what is typed/);
    expect(rows).toMatch(/\/join ROOM +enter a room/);
  });

  test("a list shows what is chosen, and the caret stands in its filter", () => {
    const choice = { detail: "3 unread", room: "ops", seq: null, id: null, isMarked: false };
    const list = {
      kind: "list",
      purpose: "switch",
      title: "go to",
      filter: editorOf("o"),
      choices: ["ops", "lobby", "사랑방"].map((label) => ({ ...choice, label })),
      index: 1,
      isWaiting: false,
    } as const;
    const frame = over(list, 40, 12);
    const rows = frameRows(frame);
    expect(rows.slice(2, 8)).toEqual([
      `─ go to ${"─".repeat(32)}`,
      `> o${" ".repeat(25)}2 of 3 rooms`,
      "  ops  3 unread",
      "▸ lobby  3 unread",
      "",
      `─ Enter chooses  Esc closes ${"─".repeat(12)}`,
    ]);
    expect(frame.caret).toEqual({ x: 3, y: 3 });
    const none = frameRows(over({ ...list, filter: editorOf("zz") }, 40, 12));
    expect(none[4]).toBe("nothing fits that");
  });

  test("a text that is too long is asked about, with what the keys do", () => {
    const parts = {
      kind: "parts",
      room: roomKey("ops"),
      parts: ["a", "b"],
      bytes: 18_892,
      bytesMax: 8192,
    } as const;
    for (const [width, height] of [
      [80, 20],
      [40, 12],
    ] as const) {
      const rows = frameRows(over(parts, width, height)).join("\n");
      expect(rows).toMatch(/18,892 bytes are too long: a/);
      expect(rows).toContain("Enter sends it in 2 parts");
      expect(rows).toContain("Esc goes back");
    }
  });

  test("a question has its own line, and says what was wrong", () => {
    const ask = {
      kind: "ask",
      purpose: "find",
      editor: editorOf("장애"),
      completion: null,
      problem: null,
    } as const;
    const frame = over(ask);
    const rows = frameRows(frame);
    expect(rows[4]).toContain("┌─ find in ops ─");
    expect(rows[5]).toContain("│ > 장애 ");
    expect(rows[6]).toContain('words, "a phrase", begin*');
    expect(frame.caret).toEqual({ x: 26, y: 5 });
    expect(frameRows(over({ ...ask, problem: "no such day" }))[6]).toContain("no such day");
  });

  test("a large paste is asked about, with how it begins", () => {
    const paste = {
      kind: "paste",
      text: "하나\n둘\n".repeat(250),
      lines: 500,
      ...{ characters: 900, fitting: 900, isCut: false, bytesOver: 0 },
    } as const;
    const rows = frameRows(over({ ...paste, bytes: 12_345 }, 80, 20)).join("\n");
    expect(rows).toContain("│ Paste 500 lines (12.3 KB)? ");
    expect(rows).toContain("│ Enter: into the input · Ctrl-J: as one line · Esc: no");
    expect(rows).toContain("│ 하나");
    expect(rows).not.toContain("fit");
    const much = { ...paste, bytes: 12_345, characters: 70_000, bytesOver: 2_000_000 };
    const told = frameRows(over(much, 120, 20)).join("\n");
    expect(told).toContain(
      "Only 900 of its 70,000 characters fit into the input: the last 69,100 ",
    );
    expect(told).toContain("It is cut: 2.0 MB more were not taken.");
  });
});
