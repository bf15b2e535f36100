// An editor as it is shown: the completions there are, a prompt, and the rows around the caret; one row
// while its history is searched. Pure. Says where the caret stands: that is where an input method draws
// what is not finished yet.

import type { Completion } from "../editor/completion.ts";
import type { Editor } from "../editor/editor.ts";
import { type EditorRows, editorRows } from "../editor/editor-rows.ts";
import type { InputHistory } from "../editor/input-history.ts";
import type { Frame, Row } from "../frame/frame.ts";
import { cutRow, rowWidth, span } from "../frame/row.ts";
import { cellWidth } from "../text/cell-width.ts";
import { sanitizeLine, sanitizeScreenLine } from "../text/sanitize.ts";
import type { WidgetSymbols } from "./symbols.ts";

export interface EditorView {
  readonly editor: Editor;
  readonly completion: Completion | null;
  readonly history: InputHistory;
  /** Before the first row. */
  readonly prompt: Row;
  /** Fainter, while nothing is typed. */
  readonly placeholder: string;
  readonly width: number;
  /** Rows that it may take, 1 at least. */
  readonly rowsMax: number;
}

export interface EditorDrawn {
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

/** Columns in which what is typed is wrapped: an update moves the caret by its rows. */
export function textColumns({ prompt, width }: Pick<EditorView, "prompt" | "width">): number {
  return Math.max(1, width - rowWidth(prompt));
}

const hasCandidates = ({ completion }: EditorView): boolean =>
  completion !== null && completion.candidates.length > 1;

/** Rows that it takes, ≤ `rowsMax`. */
export function editorHeight(view: EditorView): number {
  if (view.history.search !== null) return 1;
  const { rows } = wrappedRows(view.editor, textColumns(view));
  return Math.max(1, Math.min(rows.length + (hasCandidates(view) ? 1 : 0), view.rowsMax));
}

export function drawnEditor(view: EditorView, symbols: WidgetSymbols): EditorDrawn {
  const { completion, history, width, rowsMax } = view;
  if (history.search !== null) {
    const { row, column } = searchRow(history, width, symbols);
    return { rows: [row], caret: { x: column, y: 0 } };
  }
  const height = editorHeight(view);
  if (completion === null || !hasCandidates(view) || rowsMax < 2) {
    return typedRows(view, height, symbols);
  }
  const { rows, caret } = typedRows(view, height - 1, symbols);
  const above = candidatesRow(completion, width, symbols);
  return { rows: [above, ...rows], caret: { x: caret.x, y: caret.y + 1 } };
}

/** `height` rows of what is typed, those around the caret. */
function typedRows(view: EditorView, height: number, symbols: WidgetSymbols): EditorDrawn {
  const { up, down } = symbols;
  const { editor, prompt, placeholder, width } = view;
  const indent = rowWidth(prompt);
  const { rows, caretRow, caretColumn } = wrappedRows(editor, textColumns(view));
  const last = Math.max(0, rows.length - height);
  const top = Math.max(0, Math.min(caretRow - Math.floor(height / 2), last));
  const shown = rows.slice(top, top + height).map((text, index, { length }): Row => {
    const isFirst = index === 0 && top === 0;
    const mark = index === 0 && top > 0 ? up : index === length - 1 && top < last ? down : "";
    const margin = isFirst && mark === "" ? prompt : marginOf(mark, indent);
    return cutRow([...(isFirst ? prompt : margin), span(sanitizeLine(text))], width);
  });
  if (editor.text === "") {
    const first = cutRow([...(shown[0] ?? []), span(placeholder, "faint")], width);
    return { rows: [first], caret: { x: Math.min(indent, width - 1), y: 0 } };
  }
  const x = Math.min(indent + caretColumn, width - 1);
  return { rows: shown, caret: { x, y: caretRow - top } };
}

function marginOf(mark: string, indent: number): Row {
  const width = Math.min(cellWidth(mark), indent);
  return [span(width > 0 ? mark : "", "faint"), span(" ".repeat(indent - width))];
}

/** The candidates around the one that was put in. */
export function candidatesRow(
  completion: Completion,
  width: number,
  { ellipsis }: WidgetSymbols,
): Row {
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

/** The row while what was typed before is searched, and where in it the caret stands. */
function searchRow(
  history: InputHistory,
  width: number,
  { ellipsis, newline }: WidgetSymbols,
): { row: Row; column: number } {
  const { query = "", at = null } = history.search ?? {};
  const found = at === null ? null : (history.entries[at] ?? null);
  const asked = sanitizeLine(query);
  const isLost = found === null && query !== "";
  const before = isLost ? "(search, nothing found)'" : "(search)'";
  const typed = span(asked, isLost ? "error" : "strong");
  const behind = (found ?? "").replaceAll("\n", newline);
  const row = [span(before, "accent"), typed, span("': ", "accent"), span(sanitizeLine(behind))];
  const column = Math.min(cellWidth(before) + cellWidth(asked), width - 1);
  return { row: cutRow(row, width, ellipsis), column };
}
