// What one does about messages that were refused: sending them again, or dropping them. Pure.

import { dropRefused, sendAgain } from "@maru/chat-model/model";
import { remember } from "@maru/tui/editor";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenEffect, type ScreenStep, stay } from "../model/screen-step.ts";
import { showToast } from "./toast.ts";

/** Sends again what was refused: all of it, or one. */
export function retry(model: ScreenModel, only: number | null = null): ScreenStep {
  return sendAgain(model, only) ?? stay(showToast(model, "nothing has failed"));
}

/** Forgets what was refused in the current room, or one; its text goes into the input history. */
export function drop(model: ScreenModel, only: number | null = null): ScreenStep {
  const { model: next, gone } = dropRefused(model, only);
  if (gone.length === 0) return stay(showToast(model, "nothing has failed here"));
  const effects = gone.map(({ id }): ScreenEffect => ({ type: "forget", id }));
  const isKnown = (text: string) => model.history.entries.includes(text);
  const history = gone.reduce(
    (known, { text }) => (isKnown(text) ? known : remember(known, text)),
    model.history,
  );
  return { model: { ...next, history }, effects };
}
