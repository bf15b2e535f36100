// Whatever keys are struck in whatever order: the text stays whole, in NFC and bounded.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { cellWidth } from "../text/cell-width.ts";
import { graphemeBoundary, graphemesOf } from "../text/graphemes.ts";
import {
  cleared,
  type Editor,
  editorUnitsMax,
  emptyEditor,
  insert,
  killsMax,
  moveTo,
  undoMax,
  withText,
} from "./editor.ts";
import { editorRows } from "./editor-rows.ts";
import * as motions from "./motions.ts";

const width = 9;
const edits: ((editor: Editor) => Editor)[] = [
  motions.charLeft,
  motions.charRight,
  motions.wordLeft,
  motions.wordRight,
  motions.lineStart,
  motions.lineEnd,
  motions.deleteBack,
  motions.deleteForward,
  motions.killToLineEnd,
  motions.killToLineStart,
  motions.killWordBack,
  motions.killWordForward,
  motions.yank,
  motions.yankPop,
  motions.transpose,
  motions.undo,
  motions.redo,
  (editor) => motions.rowUp(editor, width),
  (editor) => motions.rowDown(editor, width),
  cleared,
  (editor) => withText(editor, "한 e\u0301\n👩", 3),
  (editor) => withText(editor, editor.text, 1),
];
const key = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    " ",
    "\n",
    "e",
    "\u0301",
    "\u0323",
    "ᄒ",
    "ᅡ",
    "ᆫ",
    "한",
    "漢",
    "か",
    "\u3099",
  ),
  fc.constantFrom(
    "👩",
    "\u200d",
    "🚀",
    "🇰",
    "🇷",
    "🏽",
    "\ufe0f",
    "\u094d",
    "क",
    "\u0958",
    "\u0600",
    "\u09c7",
    "\u09be",
  ),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const edit = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...edits) },
  { weight: 3, arbitrary: key.map((text) => (editor: Editor) => insert(editor, text)) },
  { weight: 1, arbitrary: fc.nat(80).map((at) => (editor: Editor) => moveTo(editor, at)) },
);
const sequence = fc.array(edit, { maxLength: 80 });

function expectWhole(editor: Editor): void {
  const { text, caret } = editor;
  expect(text).toBe(text.normalize("NFC"));
  expect(text).toBe(text.toWellFormed());
  expect(text.length).toBeLessThanOrEqual(editorUnitsMax);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  expect(graphemeBoundary(text, caret)).toBe(caret);
  expect(caret).toBeLessThanOrEqual(text.length);
  expect(editor.undone.length).toBeLessThanOrEqual(undoMax);
  expect(editor.kills.length).toBeLessThanOrEqual(killsMax);
}

test("any keys keep the text in NFC and bounded, and the caret where a letter ends", () => {
  fc.assert(
    fc.property(sequence, (keys) => {
      let editor = emptyEditor;
      for (const each of keys) {
        editor = each(editor);
        expectWhole(editor);
      }
    }),
    { numRuns: 500 },
  );
});

test("undo goes back to texts that stood there, to the first one; redo comes back to the last", () => {
  fc.assert(
    fc.property(sequence, (keys) => {
      const stood = new Set([""]);
      let editor = emptyEditor;
      for (const each of keys) {
        editor = each(editor);
        stood.add(editor.text);
      }
      const { text } = editor;
      let steps = 0;
      for (; editor.undone.length > 0; steps += 1) {
        editor = motions.undo(editor);
        expect(stood.has(editor.text)).toBe(true);
        expectWhole(editor);
      }
      expect(editor.text).toBe("");
      for (; steps > 0; steps -= 1) editor = motions.redo(editor);
      expect(editor.text).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test("the caret is always in the box, before the letter that it stands before", () => {
  fc.assert(
    fc.property(sequence, fc.integer({ min: 1, max: 12 }), (keys, columns) => {
      const editor = keys.reduce((last, each) => each(last), emptyEditor);
      const { rows, caretRow, caretColumn } = editorRows(editor, columns);
      expect(caretRow).toBeLessThan(rows.length);
      expect(caretColumn).toBeLessThan(columns);
      for (const row of rows) {
        if (cellWidth(row) > columns) expect(graphemesOf(row)).toHaveLength(1);
      }
    }),
    { numRuns: 300 },
  );
});

test("moving up by rows gets to the first, moving down to the last", () => {
  fc.assert(
    fc.property(sequence, fc.integer({ min: 1, max: 12 }), (keys, columns) => {
      const from = keys.reduce((last, each) => each(last), emptyEditor);
      for (const move of [motions.rowUp, motions.rowDown]) {
        let editor = from;
        for (let step = 0; step < 400; step += 1) {
          const next = move(editor, columns);
          if (next === editor) break;
          editor = next;
          expect(graphemeBoundary(editor.text, editor.caret)).toBe(editor.caret);
        }
        expect(move(editor, columns)).toBe(editor);
      }
    }),
    { numRuns: 200 },
  );
});
