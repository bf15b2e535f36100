// The text that is being typed: caret, motions, undo, completion, history.

export {
  beginCompletion,
  type Completion,
  type CompletionSources,
  candidatesMax,
  completes,
  completionAt,
  nextCompletion,
  nickPrefixAt,
  previousCompletion,
} from "./completion.ts";
export {
  cleared,
  type Editor,
  editorOf,
  editorUnitsMax,
  emptyEditor,
  insert,
  withText,
} from "./editor.ts";
export { type EditorRows, editorRows } from "./editor-rows.ts";
export {
  acceptSearch,
  beginSearch,
  cancelSearch,
  emptyHistory,
  type InputHistory,
  newer,
  older,
  type Recalled,
  remember,
  searchFor,
  searchNewer,
  searchOlder,
} from "./input-history.ts";
export {
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
  rowDown,
  rowUp,
  transpose,
  undo,
  wordLeft,
  wordRight,
  yank,
  yankPop,
} from "./motions.ts";
export {
  askAboutPaste,
  cleanPaste,
  joinLines,
  judgePaste,
  type PasteQuestion,
  pasteUnitsMax,
} from "./paste.ts";
export { characterCount, untypableCount } from "./typed-text.ts";
export { motionOf, type TypingAction, typingActions } from "./typing-actions.ts";
