// What is typed stands there, whole letters in NFC, within its bound; and can be undone.

import { expect, test } from "bun:test";
import {
  cleared,
  type Editor,
  editorOf,
  editorUnitsMax,
  emptyEditor,
  insert,
  moveTo,
  undoMax,
  undoUnitsMax,
  withText,
} from "./editor.ts";
import { deleteBack, deleteForward, lineEnd, redo, undo } from "./motions.ts";

const typed = (keys: Iterable<string>, from: Editor = emptyEditor) =>
  [...keys].reduce((editor, key) => insert(editor, key), from);
const shown = ({ text, caret }: Editor) => `${text.slice(0, caret)}|${text.slice(caret)}`;

test("puts in what is typed at the caret", () => {
  expect(shown(typed("abc"))).toBe("abc|");
  expect(shown(typed("x", editorOf("ab", 1)))).toBe("ax|b");
  expect(shown(typed("\n", editorOf("ab", 1)))).toBe("a\n|b");
});

test("joins jamo that arrive one by one to syllables", () => {
  const conjoining = ["\u1112", "\u1161", "\u11ab"];
  expect(shown(typed(conjoining))).toBe("한|");
  expect(shown(typed(conjoining, editorOf("글", 0)))).toBe("한|글");
  expect(shown(deleteBack(typed(conjoining)))).toBe("|");
});

test("typing goes on inside a letter only as long as nothing else was done", () => {
  const begun = typed("\u1112", editorOf("글", 0));
  expect(begun.caret).toBe(begun.text.length);
  expect(insert(withText(begun, begun.text), "x").text).toBe("\u1112글x");
  expect(insert(moveTo(begun, begun.caret), "x").text).toBe("\u1112글x");
});

test("joins a mark to the base before it, even one put in between them", () => {
  expect(shown(typed(["e", "\u0301"]))).toBe("é|");
  expect(shown(insert(editorOf("\n\u0301", 1), "e"))).toBe("\né|");
  expect(shown(deleteForward(editorOf("e\n\u0301", 1)))).toBe("é|");
});

test("keeps the caret out of graphemes", () => {
  const family = "👨‍👩‍👧‍👦";
  for (let at = 1; at < family.length; at += 1) {
    expect(moveTo(editorOf(family), at).caret).toBe(family.length);
    expect(editorOf(family, at).caret).toBe(family.length);
  }
  expect(shown(typed("👍\u{1f3fd}"))).toBe("👍🏽|");
});

test("holds no control characters, no tabs, no carriage returns and nothing that reorders", () => {
  expect(editorOf("a\u001b[31m\u0007\u009bb\tc\r\nd\re\u202ef\ud800").text).toBe(
    "a[31mb    c\nd\ne" + "f\ufffd",
  );
});

test("is full at its bound, and cuts at a letter what goes over it", () => {
  const full = editorOf("a".repeat(editorUnitsMax));
  expect(full.text).toHaveLength(editorUnitsMax);
  expect(insert(full, "b")).toEqual({ ...full, refused: 1 });
  const nearly = editorOf("a".repeat(editorUnitsMax - 1));
  expect(insert(nearly, "b").text).toHaveLength(editorUnitsMax);
  expect(insert(nearly, "👍").text).toBe(nearly.text);
  expect(insert(nearly, "bc").text.endsWith("ab")).toBe(true);
  expect(editorOf("가".repeat(editorUnitsMax + 1)).text).toHaveLength(editorUnitsMax);
});

test("undoes typing by words, and redoes it", () => {
  const editor = typed("one two");
  expect(undo(editor).text).toBe("one ");
  expect(undo(undo(editor)).text).toBe("");
  expect(redo(undo(editor)).text).toBe("one two");
  expect(redo(redo(undo(undo(editor)))).text).toBe("one two");
  expect(undo(emptyEditor)).toBe(emptyEditor);
  expect(redo(editor)).toBe(editor);
});

test("undoes deletions in a row as one, and a paste by itself", () => {
  const erased = deleteBack(deleteBack(editorOf("abc")));
  expect(undo(erased).text).toBe("abc");
  const pasted = insert(typed("ab"), "a paste that is longer than what is typed at once");
  expect(undo(pasted).text).toBe("ab");
});

test("a move ends a run of typing, and a change forgets what was undone", () => {
  const editor = typed("b", lineEnd(typed("a")));
  expect(undo(editor).text).toBe("a");
  const forked = insert(undo(editor), "c");
  expect(redo(forked)).toBe(forked);
});

test("replaced text comes back whole by undo", () => {
  expect(undo(withText(editorOf("draft"), "recalled"))).toMatchObject({ text: "draft", caret: 5 });
  expect(undo(cleared(editorOf("draft", 2)))).toMatchObject({ text: "draft", caret: 2 });
  expect(shown(withText(editorOf("draft"), "recalled", 2))).toBe("re|called");
  expect(shown(withText(editorOf("same"), "same", 1))).toBe("s|ame");
});

test("remembers as many changes as it may, and no more", () => {
  const change = (editor: Editor) => insert(lineEnd(editor), "x");
  const changed = (times: number) => {
    let editor = emptyEditor;
    for (let time = 0; time < times; time += 1) editor = change(editor);
    return editor;
  };
  expect(changed(undoMax).undone).toHaveLength(undoMax);
  expect(changed(undoMax).undone[0]?.text).toBe("");
  expect(changed(undoMax + 1).undone).toHaveLength(undoMax);
  expect(changed(undoMax + 1).undone[0]?.text).toBe("x");
});

test("what is remembered of long texts stays bounded", () => {
  let editor = editorOf("a".repeat(editorUnitsMax - 200));
  for (let time = 0; time < 100; time += 1) editor = insert(lineEnd(editor), "x");
  const units = editor.undone.reduce((sum, moment) => sum + moment.text.length, 0);
  expect(units).toBeLessThanOrEqual(undoUnitsMax);
  expect(editor.undone.length).toBeGreaterThanOrEqual(Math.floor(undoUnitsMax / editorUnitsMax));
});
