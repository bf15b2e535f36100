// The rows at the bottom: the completions there are, the prompt, and what is being typed. Pure.
// Says where the caret stands: that is where an input method draws what is not finished yet.

import type { Completion, Editor } from "@maru/tui/editor";
import { type EditorRows, editorRows } from "@maru/tui/editor";
import type { Frame, Row } from "@maru/tui/frame";
import { cutRow, rowWidth, span } from "@maru/tui/frame";
import { cellWidth, sanitizeLine, sanitizeScreenLine } from "@maru/tui/text";
import type { ScreenModel } from "../screen/model/screen-model.ts";
import { type PromptArea, promptOf, searchRow } from "./input-prompt.ts";
import { symbolsOf } from "./symbols.ts";

export interface InputArea extends PromptArea {
  /** Rows that it may take, 1 at least. */
  readonly rowsMax: number;
}

export interface InputRows {
  readonly rows: readonly Row[];
  /** Within these rows. */
  readonly caret: NonNullable<Frame["caret"]>;
}

/** The rows of the editor that was drawn last: a long text is not wrapped anew for each question. */
const wrapped = new WeakMap<Editor, { width: number; rows: EditorRows }>();

function wrappedRows(editor: Editor, width: number): EditorRows {
  const known = wrapped.get(editor);
  if (known?.width === width) return known.rows;
  const rows = editorRows(editor, width);
  wrapped.set(editor, { width, rows });
  return rows;
}

/** Columns in which what is typed is wrapped: the update moves the caret by its rows. */
export function editorColumns(model: ScreenModel, area: PromptArea): number {
  return Math.max(1, area.width - rowWidth(promptOf(model, area)));
}

const hasCandidates = ({ completion }: ScreenModel): boolean =>
  completion !== null && completion.candidates.length > 1;

/** Rows that the input takes, ≤ `rowsMax`. */
export function inputHeight(model: ScreenModel, area: InputArea): number {
  if (model.history.search !== null) return 1;
  const { rows } = wrappedRows(model.editor, editorColumns(model, area));
  return Math.max(1, Math.min(rows.length + (hasCandidates(model) ? 1 : 0), area.rowsMax));
}

export function inputRows(model: ScreenModel, area: InputArea): InputRows {
  if (model.history.search !== null) {
    const { row, column } = searchRow(model.history, model.settings.isAscii, area.width);
    return { rows: [row], caret: { x: column, y: 0 } };
  }
  const { completion } = model;
  const typed = typedRows(model, area, inputHeight(model, area));
  if (completion === null || !hasCandidates(model) || area.rowsMax < 2) return typed;
  const height = inputHeight(model, area) - 1;
  const { rows, caret } = typedRows(model, area, height);
  const above = candidatesRow(completion, area.width, model.settings.isAscii);
  return { rows: [above, ...rows], caret: { x: caret.x, y: caret.y + 1 } };
}

/** `height` rows of what is typed, those around the caret. */
function typedRows(model: ScreenModel, area: InputArea, height: number): InputRows {
  const { up, down } = symbolsOf(model.settings.isAscii);
  const prompt = promptOf(model, area);
  const indent = rowWidth(prompt);
  const width = Math.max(1, area.width - indent);
  const { rows, caretRow, caretColumn } = wrappedRows(model.editor, width);
  const last = Math.max(0, rows.length - height);
  const top = Math.max(0, Math.min(caretRow - Math.floor(height / 2), last));
  const shown = rows.slice(top, top + height).map((text, index, { length }): Row => {
    const isFirst = index === 0 && top === 0;
    const mark = index === 0 && top > 0 ? up : index === length - 1 && top < last ? down : "";
    const margin = isFirst && mark === "" ? prompt : marginOf(mark, indent);
    return cutRow([...(isFirst ? prompt : margin), span(sanitizeLine(text))], area.width);
  });
  if (model.editor.text === "") {
    const hint = placeholder(model);
    const first = cutRow([...(shown[0] ?? []), span(hint, "faint")], area.width);
    return { rows: [first], caret: { x: Math.min(indent, area.width - 1), y: 0 } };
  }
  const x = Math.min(indent + caretColumn, area.width - 1);
  return { rows: shown, caret: { x, y: caretRow - top } };
}

function marginOf(mark: string, indent: number): Row {
  const width = Math.min(cellWidth(mark), indent);
  return [span(width > 0 ? mark : "", "faint"), span(" ".repeat(indent - width))];
}

/** What Enter would do to an empty line; what to type where one can't talk yet. */
function placeholder({ chat, isLeavingOffered }: ScreenModel): string {
  if (isLeavingOffered) return "/quit";
  return chat.current === null ? "/join ROOM, or /help" : "";
}

/** The candidates around the one that was put in. */
export function candidatesRow(completion: Completion, width: number, isAscii: boolean): Row {
  const { ellipsis } = symbolsOf(isAscii);
  const { candidates, index } = completion;
  const names = candidates.map((candidate) => ` ${sanitizeScreenLine(candidate).trim()} `);
  let first = Math.max(0, index);
  let cells = cellWidth(names[first] ?? "");
  while (first > 0) {
    cells += cellWidth(names[first - 1] ?? "");
    if (cells > width - 2) break;
    first -= 1;
  }
  const spans = names
    .slice(first, first + width)
    .map((name, at) => span(name, first + at === index ? "selected" : "faint"));
  return cutRow(first > 0 ? [span(ellipsis, "faint"), ...spans] : spans, width, ellipsis);
}
