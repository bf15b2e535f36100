// What is pasted goes into the line, never out of it; a large paste is asked about first, and so is one
// that finds no room: what is left out is told, before where it can be. Pure.

import { tellTyping } from "@maru/chat-model/update";
import {
  askAboutPaste,
  characterCount,
  cleanPaste,
  editorUnitsMax,
  insert,
  joinLines,
  judgePaste,
  searchFor,
  untypableCount,
} from "@maru/tui/editor";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenInput, type ScreenStep, stay } from "../model/screen-step.ts";
import { addToast, showToast } from "./toast.ts";

type Paste = Extract<ScreenInput, { type: "paste" }>;

export function takePaste(before: ScreenModel, input: Paste): ScreenStep {
  const { text: raw, isCut, bytesOver = 0 } = input;
  const text = cleanPaste(raw);
  const model = withUntypableTold(before, untypableCount(raw));
  if (text === "") return stay(model);
  const { overlay } = model;
  // The rest of one that came in pieces belongs to it; the pieces were told apart by a pause.
  if (overlay?.kind === "paste" && overlay.isCut && isCut) {
    const over = overlay.bytesOver + bytesOver;
    return askPaste(model, { text: overlay.text + text, isCut, bytesOver: over });
  }
  // Another paste while the first is asked about would be answered by the same key.
  if (overlay?.kind === "paste") return stay(notTaken(model, text, "a paste waits already"));
  if (overlay?.kind === "parts") return stay(notTaken(model, text, "first: is it sent in parts?"));
  const isSmall = judgePaste(text).kind === "insert" && !isCut;
  const isLine = overlay === null || overlay.kind === "text" || overlay.kind === "keys";
  if (isLine && model.history.search === null) {
    return isSmall && fits(model, text)
      ? insertPaste(model, text)
      : askPaste(model, { text, isCut, bytesOver });
  }
  return stay(elsewhere(withOverTold(model, bytesOver), joinLines(text)));
}

/** Into the line of what lies on top, or of the search of what was typed. */
function elsewhere(model: ScreenModel, line: string): ScreenModel {
  const { overlay, history } = model;
  if (overlay?.kind === "list") {
    const filter = insert(overlay.filter, line);
    return { ...model, overlay: { ...overlay, filter, index: 0 } };
  }
  if (overlay?.kind === "ask") {
    const editor = insert(overlay.editor, line);
    return { ...model, overlay: { ...overlay, editor, completion: null, problem: null } };
  }
  const query = (history.search?.query ?? "") + line;
  return { ...model, history: searchFor(history, query) };
}

const many = (count: number): string => count.toLocaleString("en");

const charactersText = (count: number): string =>
  count === 1 ? "1 character" : `${many(count)} characters`;

function notTaken(model: ScreenModel, text: string, why: string): ScreenModel {
  const much = charactersText(characterCount(text));
  return showToast(model, `${why}: this one, ${much}, was not taken`, true, "time");
}

function withUntypableTold(model: ScreenModel, count: number): ScreenModel {
  if (count === 0) return model;
  const which = count === 1 ? "1 control character" : `${many(count)} control characters`;
  return showToast(model, `${which} left out of the paste`, false, "time");
}

function withOverTold(model: ScreenModel, bytesOver: number): ScreenModel {
  if (bytesOver === 0) return model;
  return showToast(
    model,
    `the paste was too long: ${many(bytesOver)} bytes were not taken`,
    true,
    "time",
  );
}

function fits({ editor }: ScreenModel, text: string): boolean {
  return text.length <= editorUnitsMax - editor.text.length;
}

/** Asks about it, with how much of it there is room for. */
function askPaste(model: ScreenModel, paste: Required<Omit<Paste, "type">>): ScreenStep {
  return stay({ ...model, overlay: { kind: "paste", ...askAboutPaste(model.editor, paste) } });
}

/** Puts a paste where the caret is. */
export function insertPaste(model: ScreenModel, text: string): ScreenStep {
  const editor = insert(model.editor, text);
  const next = { ...model, editor, completion: null, overlay: null };
  return tellTyping(model, next);
}

/** A word on what an editor found no room for in the last step, if it did. */
export function withRefusalTold(before: ScreenModel, model: ScreenModel): ScreenModel {
  const [former, editor] = [lineOf(before), lineOf(model)];
  const isSame = former.refused === editor.refused && former.text === editor.text;
  if (editor.refused === 0 || former === editor || isSame) return model;
  const much = charactersText(editor.refused);
  const text = `the line is full (${many(editorUnitsMax)}): ${much} left out`;
  return addToast(before, model, { text, isError: true, about: "time" });
}

/** The editor that has the keys. */
export function lineOf({ overlay, editor }: ScreenModel): ScreenModel["editor"] {
  if (overlay?.kind === "ask") return overlay.editor;
  return overlay?.kind === "list" ? overlay.filter : editor;
}
