// What a key does: to what lies on top, to the search of what was typed, or by its binding; and what
// is bound to nothing types itself. Pure.

import { tellTyping } from "@maru/chat-model/update";
import { insert } from "@maru/tui/editor";
import type { ScreenModel } from "../model/screen-model.ts";
import { chain, type ScreenInput, type ScreenStep, stay } from "../model/screen-step.ts";
import { actionTable } from "./action-table.ts";
import { endHistorySearch, searchKey } from "./history-search.ts";
import { offerKey, withoutOffer } from "./leaving.ts";
import { updateOverlay } from "./overlay-update.ts";

type Key = Extract<ScreenInput, { type: "key" }>;

export function updateKey(known: ScreenModel, { chord, text }: Key): ScreenStep {
  const action = known.bindings.get(chord) ?? null;
  const answered = offerKey(known, { chord, action });
  if (answered !== null) return answered;
  const before = withoutOffer(known);
  const isAsked = action === "redact-selected" && before.overlay === null;
  const model = isAsked || before.takingBack === null ? before : { ...before, takingBack: null };
  if (model.overlay !== null) {
    const step = updateOverlay(model, model.overlay, { chord, text, action });
    return chain(step, (next) => tellTyping(model, next));
  }
  if (model.history.search !== null) {
    const searched = searchKey(model, chord, text, action);
    if (searched !== null) return searched;
    return updateKey(endHistorySearch(model), { type: "key", chord, text });
  }
  if (action === null) return typeText(model, text);
  // The candidates are shown for as long as one goes through them.
  const isCompleting = action === "complete" || action === "complete-back";
  const fresh = isCompleting ? model : { ...model, completion: null };
  return chain(actionTable[action](fresh), (next) => tellTyping(model, next));
}

function typeText(model: ScreenModel, text: string): ScreenStep {
  if (text === "") return stay(model);
  const editor = insert(model.editor, text);
  return tellTyping(model, { ...model, editor, completion: null });
}
