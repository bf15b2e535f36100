// The text being typed, as a value: what stands there, where the caret is, what was before.
// Owns the one way by which text changes (`replaced`); never knows of keys or of screens.
// Always: the text is in NFC, ≤ editorUnitsMax, and the caret is where a grapheme begins or ends.

import { graphemeBoundary, nextGrapheme, previousGrapheme } from "../text/graphemes.ts";
import { characterCount, typedText } from "./typed-text.ts";

/** UTF-16 units of text that an editor holds: more is refused, or cut where it is put in. */
export const editorUnitsMax = 65_536;
/** Changes that can be undone. */
export const undoMax = 200;
/** UTF-16 units that all texts to undo hold together: 200 long ones would be 26 MB. */
export const undoUnitsMax = 1_048_576;
/** UTF-16 units that are taken for typed; more at once was pasted, and is undone by itself. */
const typedUnitsMax = 32;
/** Killed texts that can be yanked. */
export const killsMax = 30;

/** A text to which undo goes back, or redo forth. */
export interface Moment {
  readonly text: string;
  readonly caret: number;
}

/** The last edit: equal ones in a row are undone, or yanked, as one. */
export type Edit =
  | { readonly type: "none" | "delete" | "kill" }
  /** `open`: where typing goes on if that is inside a letter: a jamo begun before a syllable. */
  | { readonly type: "type"; readonly open: number | null }
  /** `before`: the text without what was yanked. `back`: how far back in the kills it was. */
  | { readonly type: "yank"; readonly before: Moment; readonly back: number };

export interface Editor extends Moment {
  /** The column, in cells, that moving by rows keeps; null: the caret's own. */
  readonly goal: number | null;
  /** The newest last; ≤ undoMax and ≤ undoUnitsMax. */
  readonly undone: readonly Moment[];
  readonly redone: readonly Moment[];
  /** The newest last, ≤ killsMax. */
  readonly kills: readonly string[];
  readonly edit: Edit;
  /**
   * Characters (code points) that found no room when the text was last changed, and in the vain tries
   * since: the owner of the editor tells the person.
   */
  readonly refused: number;
}

const nothing: Edit = { type: "none" };

export const emptyEditor: Editor = {
  text: "",
  caret: 0,
  goal: null,
  undone: [],
  redone: [],
  kills: [],
  edit: nothing,
  refused: 0,
};

/** An editor that holds `text`, with the caret at its end or at `caret`, and nothing to undo. */
export function editorOf(text: string, caret = text.length): Editor {
  const whole = insert(emptyEditor, text);
  return { ...moveTo(whole, Math.min(caret, whole.text.length)), undone: [] };
}

/** The caret at the grapheme boundary at or after `caret`; ends a run of typing. */
export function moveTo(editor: Editor, caret: number): Editor {
  return { ...editor, caret: graphemeBoundary(editor.text, caret), goal: null, edit: nothing };
}

/** All of the text replaced; one step to undo. What was killed stays. */
export function withText(editor: Editor, text: string, caret = text.length): Editor {
  return moveTo(replaced(editor, 0, editor.text.length, text, nothing), caret);
}

/** The empty text; what was typed can be had again by undo. */
export function cleared(editor: Editor): Editor {
  return withText(editor, "");
}

/** What was typed or pasted put in at the caret, as far as there is room; the rest is `refused`. */
export function insert(editor: Editor, text: string): Editor {
  const { caret, edit } = editor;
  const at = edit.type === "type" ? (edit.open ?? caret) : caret;
  return replaced(editor, at, at, text, { type: "type", open: null });
}

/** The last boundary of graphemes in `text` that is ≤ `max`. */
function cutAt(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = graphemeBoundary(text, max);
  return text.slice(0, end > max ? previousGrapheme(text, max) : end);
}

/**
 * `put` in place of what stands from `start` to `end`, and the caret behind it.
 *
 * Normalised together with the grapheme on either side: a mark or a jamo that arrives later joins
 * its base. What doesn't fit is cut, and counted; the same editor comes back where nothing changes.
 */
export function replaced(
  editor: Editor,
  start: number,
  end: number,
  put: string,
  edit: Edit,
): Editor {
  const { text } = editor;
  const whole = typedText(put);
  const clean = cutAt(whole, editorUnitsMax - text.length + (end - start));
  const refused = characterCount(whole.slice(clean.length));
  if (clean === text.slice(start, end)) return withRefused(editor, refused);
  const from = previousGrapheme(text, start);
  const to = nextGrapheme(text, end);
  const left = (text.slice(from, start) + clean).normalize("NFC");
  const joint = (left + text.slice(end, to)).normalize("NFC");
  const next = text.slice(0, from) + joint + text.slice(to);
  if (next.length > editorUnitsMax) return withRefused(editor, characterCount(whole));
  const behind = from + Math.min(left.length, joint.length);
  const caret = graphemeBoundary(next, behind);
  const open = behind === caret ? null : behind;
  const isGrouped = continues(editor, edit, clean);
  return {
    text: next,
    caret,
    goal: null,
    undone: isGrouped ? editor.undone : remembered(editor.undone, editor),
    redone: [],
    kills: editor.kills,
    edit: edit.type === "type" ? { type: "type", open } : edit,
    refused,
  };
}

const withRefused = (editor: Editor, more: number): Editor =>
  more === 0 ? editor : { ...editor, refused: editor.refused + more };

/** Whether a change is undone together with the one before it: typing up to a word's end. */
function continues(editor: Editor, edit: Edit, put: string): boolean {
  if (edit.type !== editor.edit.type) return false;
  if (edit.type === "delete") return true;
  if (edit.type !== "type" || put.length > typedUnitsMax || put.includes("\n")) return false;
  const begins = /\s/.test(editor.text[editor.caret - 1] ?? "") && !/^\s/.test(put);
  return !begins;
}

/** The moments with one more, without the oldest that are too many or too much. */
export function remembered(moments: readonly Moment[], { text, caret }: Moment): Moment[] {
  const kept = [...moments.slice(1 - undoMax), { text, caret }];
  let units = kept.reduce((sum, moment) => sum + moment.text.length, 0);
  let first = 0;
  while (units > undoUnitsMax && first < kept.length - 1) {
    units -= kept[first]?.text.length ?? 0;
    first += 1;
  }
  return kept.slice(first);
}
