// What keys do to an editor: moves, deletions, kills and yanks, as readline has them, by name. Pure.
// Lines are those that newlines end; only rowUp and rowDown know how wide the box is.

import { cellsBetween } from "../text/cell-width.ts";
import { eachGrapheme, nextGrapheme, previousGrapheme } from "../text/graphemes.ts";
import { type Editor, killsMax, moveTo, remembered, replaced } from "./editor.ts";
import { columnOf, rowOf, rowsWithCaret } from "./editor-rows.ts";
import { wordEnd, wordStart } from "./words.ts";

/** Where the line of `at` begins. */
function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

/** Where the line of `at` ends, before its newline. */
function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline === -1 ? text.length : newline;
}

/** The start of the word before the caret, and always before the caret. */
function wordBefore({ text, caret }: Editor): number {
  return Math.min(wordStart(text, caret), previousGrapheme(text, caret));
}

export function charLeft(editor: Editor): Editor {
  return moveTo(editor, previousGrapheme(editor.text, editor.caret));
}

export function charRight(editor: Editor): Editor {
  return moveTo(editor, nextGrapheme(editor.text, editor.caret));
}

export function wordLeft(editor: Editor): Editor {
  return moveTo(editor, wordBefore(editor));
}

export function wordRight(editor: Editor): Editor {
  return moveTo(editor, wordEnd(editor.text, editor.caret));
}

export function lineStart(editor: Editor): Editor {
  return moveTo(editor, startOfLine(editor.text, editor.caret));
}

export function lineEnd(editor: Editor): Editor {
  return moveTo(editor, endOfLine(editor.text, editor.caret));
}

/** The row above, in the column where moving by rows began; the same editor in the first row. */
export function rowUp(editor: Editor, width: number): Editor {
  return toRow(editor, width, -1);
}

/** The row below; the same editor in the last row. */
export function rowDown(editor: Editor, width: number): Editor {
  return toRow(editor, width, 1);
}

function toRow(editor: Editor, width: number, step: -1 | 1): Editor {
  const { text, caret } = editor;
  const rows = rowsWithCaret(text, caret, width);
  const at = rowOf(rows, caret);
  const row = rows[at + step];
  if (row === undefined) return editor;
  const goal = editor.goal ?? columnOf(text, rows[at]?.start ?? 0, caret, width);
  const next = rows[at + step + 1];
  const place = placeIn(text.slice(row.start, row.end), goal);
  // Where a row breaks inside a word, its end is the start of the next row.
  const isNext = next !== undefined && row.start + place >= next.start && place > 0;
  const target = isNext ? previousGrapheme(text, row.start + place) : row.start + place;
  return { ...moveTo(editor, target), goal };
}

/** The last place of a row whose column is ≤ `goal`. */
function placeIn(row: string, goal: number): number {
  let column = 0;
  let place = 0;
  eachGrapheme(row, (start, end) => {
    column += cellsBetween(row, start, end);
    if (column > goal) return false;
    place = end;
    return true;
  });
  return place;
}

export function deleteBack(editor: Editor): Editor {
  const { text, caret } = editor;
  return replaced(editor, previousGrapheme(text, caret), caret, "", { type: "delete" });
}

export function deleteForward(editor: Editor): Editor {
  const { text, caret } = editor;
  return replaced(editor, caret, nextGrapheme(text, caret), "", { type: "delete" });
}

/** Takes away up to the end of the line; at its end, the newline. */
export function killToLineEnd(editor: Editor): Editor {
  const { text, caret } = editor;
  const end = endOfLine(text, caret);
  return killed(editor, caret, end === caret ? nextGrapheme(text, caret) : end);
}

/** Takes away from the start of the line; at its start, the newline before it. */
export function killToLineStart(editor: Editor): Editor {
  const { text, caret } = editor;
  const start = startOfLine(text, caret);
  return killed(editor, start === caret ? previousGrapheme(text, caret) : start, caret);
}

export function killWordBack(editor: Editor): Editor {
  return killed(editor, wordBefore(editor), editor.caret);
}

export function killWordForward(editor: Editor): Editor {
  return killed(editor, editor.caret, wordEnd(editor.text, editor.caret));
}

/** What stands from `start` to `end` taken away, to be yanked; kills in a row become one. */
function killed(editor: Editor, start: number, end: number): Editor {
  const text = editor.text.slice(start, end);
  const changed = replaced(editor, start, end, "", { type: "kill" });
  if (changed === editor) return editor;
  const isRun = editor.edit.type === "kill";
  const last = isRun ? (editor.kills.at(-1) ?? "") : "";
  const joined = start < editor.caret ? text + last : last + text;
  const others = isRun ? editor.kills.slice(0, -1) : editor.kills.slice(1 - killsMax);
  return { ...changed, kills: [...others, joined] };
}

/** What was killed last, put in at the caret. */
export function yank(editor: Editor): Editor {
  const { text, caret } = editor;
  const killedLast = editor.kills.at(-1);
  if (killedLast === undefined) return editor;
  return replaced(editor, caret, caret, killedLast, {
    type: "yank",
    before: { text, caret },
    back: 0,
  });
}

/** Straight after a yank: what was killed before that in its place, round and round. */
export function yankPop(editor: Editor): Editor {
  const { edit, kills } = editor;
  if (edit.type !== "yank" || kills.length < 2) return editor;
  const back = (edit.back + 1) % kills.length;
  const { text, caret } = edit.before;
  const put = kills.at(-1 - back) ?? "";
  const changed = replaced({ ...editor, text, caret }, caret, caret, put, { ...edit, back });
  return { ...changed, edit: { ...edit, back }, undone: editor.undone };
}

/** The graphemes on both sides of the caret changed about; at a line's end, the two before it. */
export function transpose(editor: Editor): Editor {
  const { text, caret } = editor;
  const lineFirst = startOfLine(text, caret);
  const atEnd = caret === endOfLine(text, caret);
  const middle = atEnd ? previousGrapheme(text, caret) : caret;
  if (middle <= lineFirst) return editor;
  const first = previousGrapheme(text, middle);
  const end = nextGrapheme(text, middle);
  const swapped = text.slice(middle, end) + text.slice(first, middle);
  return replaced(editor, first, end, swapped, { type: "none" });
}

/** Back to the text before the last change or run of typing. */
export function undo(editor: Editor): Editor {
  const moment = editor.undone.at(-1);
  if (moment === undefined) return editor;
  return {
    ...moveTo({ ...editor, ...moment, refused: 0 }, moment.caret),
    undone: editor.undone.slice(0, -1),
    redone: remembered(editor.redone, editor),
  };
}

/** Forth to the text that the last undo left; a change forgets it. */
export function redo(editor: Editor): Editor {
  const moment = editor.redone.at(-1);
  if (moment === undefined) return editor;
  return {
    ...moveTo({ ...editor, ...moment, refused: 0 }, moment.caret),
    undone: remembered(editor.undone, editor),
    redone: editor.redone.slice(0, -1),
  };
}
