// What stands at the bottom of the screen, and where in it the caret is.

import { describe, expect, test } from "bun:test";
import { editorOf } from "@maru/tui/editor";
import { frameRows, inAscii, sampleScreen } from "../../test/fixtures/sample-screen.ts";
import type { ScreenModel } from "../screen/model/screen-model.ts";
import { inputRows } from "./input-rows.ts";

function shown(fields: Partial<ScreenModel>, { width = 80, rowsMax = 8 } = {}) {
  const area = { width, isNarrow: width < 50, rowsMax };
  const { rows, caret } = inputRows(sampleScreen(width, 24, fields), area);
  return { rows: frameRows({ rows }), caret };
}

describe("the prompt", () => {
  test("names the room, but not on a narrow screen", () => {
    expect(shown({ editor: editorOf("안녕") })).toEqual({
      rows: ["ops> 안녕"],
      caret: { x: 9, y: 0 },
    });
    expect(shown({ editor: editorOf("안녕") }, { width: 40 }).rows).toEqual(["> 안녕"]);
  });

  test("says what is answered or edited", () => {
    const reply = { compose: { kind: "reply", seq: 2 } } as const;
    expect(shown(reply).rows).toEqual(['↳ 지호 "안녕하세요 👋":']);
    expect(shown(reply, { width: 24 }).rows).toEqual(["↳ 지호:"]);
    expect(shown({ compose: { kind: "reply", seq: 99 } }).rows).toEqual(["↳ message 99:"]);
    expect(shown({ compose: { kind: "edit", seq: 3 } }).rows).toEqual(["edit:"]);
    const ascii = inAscii(sampleScreen(80, 24, reply));
    const { rows } = inputRows(ascii, { width: 80, isNarrow: false, rowsMax: 1 });
    expect(frameRows({ rows })).toEqual(['> 지호 "안녕하세요 👋":']);
  });

  test("without a room says how to enter one", () => {
    const chat = { ...sampleScreen(80, 24).chat, current: null };
    expect(shown({ chat }).rows).toEqual(["> /join ROOM, or /help"]);
  });
});

describe("what is typed", () => {
  test("is wrapped beside the prompt, with the caret where it goes on", () => {
    const editor = editorOf("one two three four five six seven");
    expect(shown({ editor }, { width: 50 }).rows).toEqual([
      "ops> one two three four five six seven",
    ]);
    expect(shown({ editor }, { width: 22 })).toEqual({
      rows: ["> one two three four", "  five six seven"],
      caret: { x: 16, y: 1 },
    });
  });

  test("scrolls within its rows, and shows that there is more", () => {
    const text = "1\n2\n3\n4\n5\n6";
    const at = (caret: number) => shown({ editor: editorOf(text, caret) }, { rowsMax: 3 });
    expect(at(0)).toEqual({ rows: ["ops> 1", "     2", "↓    3"], caret: { x: 5, y: 0 } });
    expect(at(5)).toEqual({ rows: ["↑    2", "     3", "↓    4"], caret: { x: 6, y: 1 } });
    expect(at(11)).toEqual({ rows: ["↑    4", "     5", "     6"], caret: { x: 6, y: 2 } });
  });
});

describe("above it", () => {
  const completion = { start: 0, end: 3, candidates: ["ann", "@bob ", "지호"], index: 1 };
  const editor = editorOf("@bob ");

  test("stand the completions, when there are several", () => {
    expect(shown({ editor, completion })).toEqual({
      rows: [" ann  @bob  지호", "ops> @bob"],
      caret: { x: 10, y: 1 },
    });
    const one = { ...completion, candidates: ["@bob "], index: 0 };
    expect(shown({ editor, completion: one }).rows).toEqual(["ops> @bob"]);
    expect(shown({ editor, completion }, { rowsMax: 1 }).rows).toEqual(["ops> @bob"]);
  });

  test("the one that was put in is always seen", () => {
    const candidates = Array.from({ length: 60 }, (_, at) => `nick${at}`);
    const { rows } = shown({ editor, completion: { ...completion, candidates, index: 40 } });
    expect(rows[0]).toStartWith("… nick");
    expect(rows[0]).toContain(" nick40 ");
  });
});

test("the search of what was typed shows what is found, the caret behind what is sought", () => {
  const entries = ["deploy\nnow", "other"];
  const found = { entries, at: null, stash: "", search: { query: "dep", at: 0 } };
  expect(shown({ history: found })).toEqual({
    rows: ["(search)'dep': deploy↵now"],
    caret: { x: 12, y: 0 },
  });
  const lost = { ...found, search: { query: "zz", at: null } };
  expect(shown({ history: lost }).rows).toEqual(["(search, nothing found)'zz':"]);
});
