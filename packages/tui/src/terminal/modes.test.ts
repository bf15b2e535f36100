import { expect, test } from "bun:test";
import {
  copySequence,
  enterModes,
  leaveModes,
  mouseOn,
  noticeSequence,
  noticeWayOf,
  titleSequence,
} from "./modes.ts";
import { ownSequenceProblem } from "./own-sequences.ts";

test("every mode that is switched on is switched off", () => {
  for (const [, mode] of (enterModes + mouseOn).matchAll(/\[\?(\d+)h/g)) {
    expect(leaveModes).toContain(`[?${mode}l`);
  }
  expect(leaveModes).toContain("[<u");
  expect(ownSequenceProblem(enterModes + mouseOn + leaveModes)).toBeNull();
});

test("what is said is harmless, however hostile, and bounded", () => {
  for (const hostile of [
    "\x1b]52;c;aGk=\x07",
    "a\x1b\\b",
    "\u009d0;x\u009c",
    "\ud800",
    "x".repeat(9999),
  ]) {
    expect(ownSequenceProblem(titleSequence(hostile))).toBeNull();
    expect(ownSequenceProblem(noticeSequence(hostile, hostile))).toBeNull();
    expect(titleSequence(hostile).length).toBeLessThan(200);
  }
});

test("what would turn letters around is told by its sign, in a title and a notification", () => {
  const hostile = "ann\u202egpj.exe\u2066\u200f";
  const said = titleSequence(hostile) + noticeSequence(hostile, `see ${hostile}`);
  expect(said).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  expect(said).toContain("ann\ufffdgpj.exe");
});

test("a notification is one for each way, without semicolons that would cut it", () => {
  expect(noticeSequence("a;b", "c;d", "osc-777")).toBe("\x1b]777;notify;a,b;c,d\x1b\\");
  expect(noticeSequence("", "4;50", "osc-9")).toBe("\x1b]9; 4,50\x1b\\");
});

test("a terminal that knows both ways is told by one", () => {
  expect(noticeWayOf("WezTerm", "xterm-256color")).toBe("osc-9");
  expect(noticeWayOf(undefined, "xterm-kitty")).toBe("osc-9");
  expect(noticeWayOf(undefined, "foot")).toBe("osc-777");
  expect(noticeWayOf("Apple_Terminal", "xterm-256color")).toBe("both");
});

test("what is copied is told from what is only said", () => {
  const copied = copySequence("한글\x1b[31m\ud800");
  expect(ownSequenceProblem(copied)).not.toBeNull();
  expect(ownSequenceProblem(copied, true)).toBeNull();
});
