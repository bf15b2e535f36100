// The rows at the bottom: the prompt, and what is being typed. Pure.

import {
  drawnEditor,
  type EditorDrawn,
  type EditorView,
  editorHeight,
  textColumns,
} from "@maru/tui/widget";
import type { ScreenModel } from "../screen/model/screen-model.ts";
import { type PromptArea, promptOf } from "./input-prompt.ts";
import { symbolsOf } from "./symbols.ts";

export interface InputArea extends PromptArea {
  /** Rows that it may take, 1 at least. */
  readonly rowsMax: number;
}

/** Columns in which what is typed is wrapped: the update moves the caret by its rows. */
export function editorColumns(model: ScreenModel, area: PromptArea): number {
  return textColumns({ prompt: promptOf(model, area), width: area.width });
}

/** Rows that the input takes, ≤ `rowsMax`. */
export function inputHeight(model: ScreenModel, area: InputArea): number {
  return editorHeight(viewOf(model, area));
}

export function inputRows(model: ScreenModel, area: InputArea): EditorDrawn {
  return drawnEditor(viewOf(model, area), symbolsOf(model.settings.isAscii));
}

function viewOf(model: ScreenModel, area: InputArea): EditorView {
  const { editor, completion, history } = model;
  const { width, rowsMax } = area;
  const prompt = promptOf(model, area);
  return { editor, completion, history, prompt, placeholder: placeholder(model), width, rowsMax };
}

/** What Enter would do to an empty line; what to type where one can't talk yet. */
function placeholder({ chat, isLeavingOffered }: ScreenModel): string {
  if (isLeavingOffered) return "/quit";
  return chat.current === null ? "/join ROOM, or /help" : "";
}
