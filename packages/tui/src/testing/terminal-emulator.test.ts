import { expect, test } from "bun:test";
import { TerminalEmulator } from "./terminal-emulator.ts";

function shown(columns: number, height: number, ...writes: string[]): TerminalEmulator {
  const emulator = new TerminalEmulator(columns, height);
  for (const text of writes) emulator.write(text);
  return emulator;
}

test("a wide letter has two cells, and half of one can't stay", () => {
  const emulator = shown(6, 2, "한글");
  expect(emulator.cells[0]).toEqual(["한", "", "글", "", " ", " "]);
  emulator.write("\x1b[1;2Hx");
  expect(emulator.cells[0]).toEqual([" ", "x", "글", "", " ", " "]);
});

test("text over the right edge is counted", () => {
  expect(shown(4, 2, "abcd").overflows).toBe(0);
  expect(shown(4, 2, "abc한").overflows).toBe(1);
});

test("answers where the cursor is, by the widths that it was told", () => {
  const emulator = new TerminalEmulator(10, 2);
  const answers: string[] = [];
  emulator.onQuestion = (answer) => answers.push(answer);
  emulator.cellsOf = () => 3;
  emulator.write("☰\x1b[6n");
  expect(answers).toEqual(["\x1b[1;4R"]);
});

test("knows modes, whole frames, links and titles, cut anywhere between two reads", () => {
  const written =
    "\x1b[?1049h\x1b[?2026h\x1b[2J\x1b[1;1H\x1b]8;;https://example.org\x07hi\x1b]8;;\x07\x1b]2;maru\x07\x1b[?2026l";
  for (let at = 1; at < written.length; at += 1) {
    const emulator = shown(9, 2, written.slice(0, at), written.slice(at));
    expect(emulator.text.trim()).toBe("hi");
    expect([emulator.frames, emulator.isSettled, emulator.modes.has(1049)]).toEqual([
      1,
      true,
      true,
    ]);
    expect(emulator.said).toEqual([
      { kind: "link", text: "https://example.org" },
      { kind: "title", text: "maru" },
    ]);
  }
});

test("edits lines outside the full screen, and nowhere else", () => {
  const emulator = shown(10, 3, "one\r\ntwo\r\nthree\x1b[2A\x1b[3G\x1b[K\x1b[B\r\x1b[Cx\x1b[J");
  expect(emulator.lines).toEqual(["on", "tx", ""]);
  expect(emulator.cursor).toEqual({ x: 2, y: 1 });
  expect(() => shown(10, 3, "\x1b[?1049h\x1b[K")).toThrow("not understood");
});

test.each(["\x1b[99z", "\x1b]4242;x\x07", "\x1b[?9999h", "\x1b[3K", "\x1b[5n", "\x1bM"])(
  "throws at %p",
  (sequence) => expect(() => shown(10, 3, sequence)).toThrow("not understood"),
);
