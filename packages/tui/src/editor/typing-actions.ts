// What keys do to the text that is typed: names, meanings and default chords, as in readline and Emacs,
// and the motion that each is. Pure.

import type { Editor } from "./editor.ts";
import {
  charLeft,
  charRight,
  deleteBack,
  deleteForward,
  killToLineEnd,
  killToLineStart,
  killWordBack,
  killWordForward,
  lineEnd,
  lineStart,
  redo,
  transpose,
  undo,
  wordLeft,
  wordRight,
  yank,
  yankPop,
} from "./motions.ts";

type Motion = (editor: Editor) => Editor;

const typing = <const Name extends string>(
  name: Name,
  motion: Motion | null,
  about: string,
  ...chords: string[]
) => ({ name, about, chords, motion });

/** Those without a motion move by rows, whose width the program knows, and go on into the history. */
export const typingActions = [
  typing("char-left", charLeft, "a character to the left", "left", "ctrl-b"),
  typing("char-right", charRight, "a character to the right", "right"),
  typing("word-left", wordLeft, "a word to the left", "alt-b", "ctrl-left"),
  typing("word-right", wordRight, "a word to the right", "alt-f", "ctrl-right"),
  typing("line-start", lineStart, "to the beginning of the line", "ctrl-a", "home"),
  typing("line-end", lineEnd, "to the end of the line", "ctrl-e", "end"),
  typing("row-up", null, "a row up; from the first, what you typed before", "up"),
  typing("row-down", null, "a row down; from the last, what you typed after that", "down"),
  typing("delete-back", deleteBack, "delete the character before", "backspace"),
  typing("delete-forward", deleteForward, "delete the character under the caret", "delete"),
  typing("kill-to-end", killToLineEnd, "cut to the end of the line", "ctrl-k"),
  typing("kill-to-start", killToLineStart, "cut to the beginning of the line", "ctrl-u"),
  typing("kill-word-back", killWordBack, "cut the word before", "ctrl-w", "alt-backspace"),
  typing("kill-word-forward", killWordForward, "cut the word behind", "alt-d", "ctrl-delete"),
  typing("yank", yank, "put in what was cut last", "ctrl-y"),
  typing("yank-pop", yankPop, "instead of it, what was cut before", "alt-y"),
  typing("transpose", transpose, "exchange the two characters at the caret", "ctrl-t"),
  typing("undo", undo, "take the last change back", "ctrl-_"),
  typing("redo", redo, "make it again", "alt-z"),
] as const;

export type TypingAction = (typeof typingActions)[number]["name"];

const motions: ReadonlyMap<string, Motion | null> = new Map(
  typingActions.map(({ name, motion }) => [name, motion]),
);

/** The motion that an action is; null: it is none. */
export function motionOf(action: string | null): Motion | null {
  return action === null ? null : (motions.get(action) ?? null);
}
