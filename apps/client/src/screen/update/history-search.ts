// What was typed before: step by step, and searched for while one types (Ctrl-R). Pure.

import {
  acceptSearch,
  beginSearch,
  cancelSearch,
  newer,
  older,
  type Recalled,
  searchFor,
  searchNewer,
  searchOlder,
  withText,
} from "@maru/tui/editor";
import { previousGrapheme } from "@maru/tui/text";
import type { ActionName } from "../keys/actions.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";

export function moveThroughHistory(model: ScreenModel, way: "older" | "newer"): ScreenStep {
  // What is being edited is a message, not a line that was typed.
  if (model.compose.kind === "edit") return stay(model);
  const recalled = way === "older" ? older(model.history, model.editor.text) : newer(model.history);
  return stay(withRecalled(model, recalled));
}

function withRecalled(model: ScreenModel, { history, text }: Recalled): ScreenModel {
  const editor = text === null ? model.editor : withText(model.editor, text);
  return { ...model, history, editor };
}

export function beginHistorySearch(model: ScreenModel): ScreenStep {
  return stay({ ...model, history: beginSearch(model.history, model.editor.text) });
}

/** A key during the search; null: it ends the search with what was found, and then does what it does. */
export function searchKey(
  model: ScreenModel,
  chord: string,
  text: string,
  action: ActionName | null,
): ScreenStep | null {
  const { history } = model;
  const query = history.search?.query ?? "";
  const search = (next: typeof history) => stay({ ...model, history: next });
  if (action === "history-search" || chord === "up") return search(searchOlder(history));
  if (chord === "down" || chord === "ctrl-s") return search(searchNewer(history));
  if (action === "escape" || action === "interrupt" || chord === "ctrl-g") {
    return stay(withRecalled(model, cancelSearch(history)));
  }
  if (action === "delete-back") {
    return search(searchFor(history, query.slice(0, previousGrapheme(query, query.length))));
  }
  if (action === null && text !== "") return search(searchFor(history, query + text));
  // Enter takes what was found into the line; nothing is sent before it was seen there.
  return action === "send" || chord === "enter" ? stay(endHistorySearch(model)) : null;
}

/** The search over, with what it found in the line; without a find, what stood there before. */
export function endHistorySearch(model: ScreenModel): ScreenModel {
  const found = acceptSearch(model.history);
  return withRecalled(model, found.text === null ? cancelSearch(model.history) : found);
}
