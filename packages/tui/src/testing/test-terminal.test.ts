import { afterEach, expect, test } from "bun:test";
import type { Frame, Size } from "../frame/frame.ts";
import type { TerminalInput } from "../input/terminal-input.ts";
import type { Theme } from "../theme/theme.ts";
import { plainStyle, plainTheme } from "./plain-theme.ts";
import { createTestTerminal, type TestTerminal } from "./test-terminal.ts";

const theme: Theme = {
  ...plainTheme,
  link: { ...plainStyle, fg: 4, underline: true },
  mention: { ...plainStyle, fg: 3, bg: "#102030", bold: true, inverse: true },
};

let opened: TestTerminal[] = [];
afterEach(async () => {
  await Promise.all(opened.map((terminal) => terminal.end()));
  opened = [];
});

async function open(frame: (size: Size) => Frame, width = 40, height = 5): Promise<TestTerminal> {
  const terminal = await createTestTerminal({ width, height, frame, theme });
  opened.push(terminal);
  return terminal;
}

const text = (value: string) => [{ text: value, role: "text" }] as const;

test("shows a frame's rows, wide letters too, and where the caret stands", async () => {
  const screen = await open((size) => ({
    ...size,
    rows: [text("안녕하세요 👨‍👩‍👧 🇰🇷 end"), text(""), text("e\u0301 ᄒ\u1161ᆫ x")],
    caret: { x: 3, y: 2 },
  }));
  expect(await screen.frameText()).toBe("안녕하세요 👨‍👩‍👧 🇰🇷 end\n\ne\u0301 ᄒ\u1161ᆫ x");
  expect(await screen.caret()).toEqual({ x: 3, y: 2 });
});

test("tells the look of each span", async () => {
  const screen = await open((size) => ({
    ...size,
    rows: [
      [
        { text: "hey ", role: "text" },
        { text: "you", role: "mention" },
      ],
    ],
    caret: null,
  }));
  const [row] = await screen.spans();
  expect(row?.[1]).toEqual({
    text: "you",
    cells: 3,
    fg: "3",
    bg: "#102030",
    attributes: ["bold", "inverse"],
  });
  expect(row?.[0]).toMatchObject({ text: "hey ", fg: "default", bg: "default", attributes: [] });
  expect(await screen.caret()).toBeNull();
});

test("takes a new size, down to one cell, and frames that do not fit it", async () => {
  const row = text("한글 is longer than all of them");
  const screen = await open((size) => ({
    ...size,
    rows: Array.from({ length: 9 }, () => row),
    caret: { x: 30, y: 8 },
  }));
  const heard: TerminalInput[] = [];
  screen.terminal.listen((input) => heard.push(input));
  for (const [width, height] of [
    [200, 50],
    [3, 1],
    [2, 2],
    [1, 1],
    [40, 5],
  ] as const) {
    screen.resize(width, height);
    const rows = (await screen.frameText()).split("\n");
    expect(rows.length).toBeLessThanOrEqual(height);
    expect(screen.terminal.size).toEqual({ width, height });
  }
  expect(heard).toHaveLength(5);
  expect(await screen.caret()).toBeNull();
});

test("types text letter by letter, presses chords, pastes", async () => {
  const screen = await open((size) => ({ ...size, rows: [], caret: null }));
  const heard: TerminalInput[] = [];
  screen.terminal.listen((input) => heard.push(input));
  screen.type("a👨‍👩‍👧");
  screen.press("enter", "space", "b", "ctrl-a");
  screen.paste("one\ntwo");
  expect(heard).toEqual([
    { type: "key", chord: "a", text: "a" },
    { type: "key", chord: "👨‍👩‍👧", text: "👨‍👩‍👧" },
    { type: "key", chord: "enter", text: "" },
    { type: "key", chord: "space", text: " " },
    { type: "key", chord: "b", text: "b" },
    { type: "key", chord: "ctrl-a", text: "" },
    { type: "paste", text: "one\ntwo", isCut: false },
  ]);
});

test("a frame that fails is the test's failure", async () => {
  const screen = await open(() => {
    throw new Error("no frame");
  });
  expect(screen.frameText()).rejects.toThrow("no frame");
});

test("draws links where they stand, and lets them go", async () => {
  let link = "https://example.org/a";
  const screen = await open((size) => ({
    ...size,
    rows: [
      [
        { text: "see ", role: "text" },
        { text: "한 here", role: "link", link },
      ],
    ],
    caret: null,
  }));
  expect(await screen.frameText()).toBe("see 한 here");
  expect((await screen.spans())[0]?.[1]).toMatchObject({ text: "한 here", fg: "4" });
  link = "javascript:alert(1)";
  expect(await screen.frameText()).toBe("see 한 here");
});
