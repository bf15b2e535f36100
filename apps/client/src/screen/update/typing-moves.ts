// The actions that only change the text being typed: one motion of the editor each. Pure.

import type { Editor } from "@maru/tui/editor";
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
} from "@maru/tui/editor";
import type { ActionName } from "../keys/actions.ts";

export const typingMoves: Readonly<Partial<Record<ActionName, (editor: Editor) => Editor>>> = {
  "char-left": charLeft,
  "char-right": charRight,
  "word-left": wordLeft,
  "word-right": wordRight,
  "line-start": lineStart,
  "line-end": lineEnd,
  "delete-back": deleteBack,
  "delete-forward": deleteForward,
  "kill-to-end": killToLineEnd,
  "kill-to-start": killToLineStart,
  "kill-word-back": killWordBack,
  "kill-word-forward": killWordForward,
  yank,
  "yank-pop": yankPop,
  transpose,
  undo,
  redo,
};
