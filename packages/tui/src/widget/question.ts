// A question in a box, with a line to answer it: what is typed, what Tab goes through, and a note. Pure.

import type { Completion } from "../editor/completion.ts";
import type { Editor } from "../editor/editor.ts";
import type { Role, Row, Size } from "../frame/frame.ts";
import { oneLine } from "../frame/one-line.ts";
import { span } from "../frame/row.ts";
import { sanitizeScreenLine } from "../text/sanitize.ts";
import { wrap } from "../text/wrap.ts";
import type { BoxContent } from "./box.ts";
import { candidatesRow } from "./editor-view.ts";
import type { WidgetSymbols } from "./symbols.ts";

export interface Question {
  readonly editor: Editor;
  readonly completion: Completion | null;
  /** Below the line: what may be typed, or what is wrong with it. May come from elsewhere. */
  readonly note: string;
  readonly noteRole: Role;
}

export function questionContent(
  { editor, completion, note, noteRole }: Question,
  { width, height }: Size,
  symbols: WidgetSymbols,
): Pick<BoxContent, "rows" | "caret"> {
  const prompt = width > 2 ? "> " : "";
  const { text, column } = oneLine(editor, width - prompt.length);
  const line = [span(prompt, "accent"), span(text)];
  // Nothing where there is no choice.
  const hasChoice = completion !== null && completion.candidates.length > 1;
  const candidates = hasChoice ? [candidatesRow(completion, width, symbols)] : [];
  const notes = wrap(sanitizeScreenLine(note), width);
  const noteRows = notes.map((row): Row => [span(row.text, noteRole)]);
  return {
    rows: [line, ...candidates, ...noteRows].slice(0, height),
    caret: { x: Math.min(prompt.length + column, width - 1), y: 0 },
  };
}
