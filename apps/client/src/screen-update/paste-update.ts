// What is pasted goes into the line, never out of it; a large paste is asked about first. Pure.

import { editorUnitsMax, insert } from "../editor/editor.ts";
import { searchFor } from "../editor/input-history.ts";
import { cleanPaste, joinLines, judgePaste } from "../editor/paste.ts";
import type { ScreenModel } from "../screen/screen-model.ts";
import { type ScreenInput, type ScreenStep, stay } from "../screen/screen-step.ts";
import { typingTold } from "./sending.ts";
import { toasted } from "./toast.ts";

type Paste = Extract<ScreenInput, { type: "paste" }>;

export function pasted(model: ScreenModel, { text: raw, isCut }: Paste): ScreenStep {
  const text = cleanPaste(raw);
  if (text === "") return stay(model);
  const { overlay } = model;
  // The rest of one that came in pieces belongs to it; the pieces were told apart by a pause.
  if (overlay?.kind === "paste" && overlay.isCut && isCut) return asked(model, overlay.text + text);
  // Another paste while the first is asked about would be answered by the same key.
  if (overlay?.kind === "paste") return stay(toasted(model, "a paste waits already", true));
  if (overlay?.kind === "parts") return stay(toasted(model, "first: is it sent in parts?", true));
  if (overlay?.kind === "list") {
    const filter = insert(overlay.filter, joinLines(text));
    return stay({ ...model, overlay: { ...overlay, filter, index: 0 } });
  }
  if (overlay?.kind === "ask") {
    const editor = insert(overlay.editor, joinLines(text));
    return stay({ ...model, overlay: { ...overlay, editor, problem: null } });
  }
  if (model.history.search !== null) {
    const query = model.history.search.query + joinLines(text);
    return stay({ ...model, history: searchFor(model.history, query) });
  }
  return judgePaste(text).kind === "insert" && !isCut
    ? putIn(model, text)
    : asked(model, text, isCut);
}

function asked(model: ScreenModel, whole: string, isCut = true): ScreenStep {
  // No more than the line can hold.
  const text = whole.slice(0, editorUnitsMax);
  const { lines, bytes } = judgePaste(text);
  return stay({ ...model, overlay: { kind: "paste", text, lines, bytes, isCut } });
}

/** Puts a paste where the caret is. */
export function putIn(model: ScreenModel, text: string): ScreenStep {
  const editor = insert(model.editor, text);
  const next = { ...model, editor, completion: null, overlay: null };
  return typingTold(model, next);
}
