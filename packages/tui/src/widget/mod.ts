// What programs put on a screen: boxes over it, an editor, a status row, lists to scroll over.

export {
  type BoxArea,
  type BoxContent,
  type BoxView,
  boxArea,
  boxed,
  contentTop,
  drawnOver,
  innerSize,
} from "./box.ts";
export { type ChoiceList, type ListLine, listContent } from "./choice-list.ts";
export {
  drawnEditor,
  type EditorDrawn,
  type EditorView,
  editorHeight,
  textColumns,
} from "./editor-view.ts";
export { type HelpGroup, helpRows } from "./help.ts";
export { joinChord, pasteContent } from "./paste-question.ts";
export { type Question, questionContent } from "./question.ts";
export type { Anchor, ItemList, Place } from "./row-walk.ts";
export { scrolledRows, textRows } from "./scrolled-text.ts";
export { statusRow, wordCells } from "./status-row.ts";
export type { WidgetSymbols } from "./symbols.ts";
export { anchorAtItem, type Scrolled, scrollBy, type Viewport, visiblePart } from "./viewport.ts";
