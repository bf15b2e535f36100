// Leaving the chat: at once, or offered on an empty line. What is offered is taken by Enter or the key
// that offered it; anything else that is done takes the offer away, and then does what it does. Pure.

import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { updateChat } from "./chat-update.ts";
import { showToast } from "./toast.ts";

export const quit = (model: ScreenModel): ScreenStep =>
  updateChat(model, { type: "typed", line: "/quit" });

export function offerLeaving(model: ScreenModel): ScreenModel {
  const told = showToast(model, "Ctrl-C again, or Enter, to leave", false, "leaving");
  return { ...told, isLeavingOffered: true };
}

/** The model with the offer gone; the word on it goes with that. */
export function withoutOffer(model: ScreenModel): ScreenModel {
  return model.isLeavingOffered ? { ...model, isLeavingOffered: false } : model;
}

/** What a key does to the offer; null: nothing more than taking it away. */
export function offerKey(
  model: ScreenModel,
  { chord, action }: { readonly chord: string; readonly action: string | null },
): ScreenStep | null {
  // What has come into the line meanwhile, or over it, is answered by the key instead.
  const isSeen = model.editor.text === "" && model.overlay === null;
  if (!model.isLeavingOffered || !isSeen) return null;
  const next = withoutOffer(model);
  if (chord === "enter" || action === "send" || action === "interrupt") return quit(next);
  return action === "escape" || action === "delete-back" ? stay(next) : null;
}
