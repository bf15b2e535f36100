// A word to the person that goes away by itself. Pure.

import type { ScreenModel } from "../screen/screen-model.ts";

/** How long it stays, in milliseconds: an error, which says what to do, for longer. */
export const toastMs = 4_000;
export const toastErrorMs = 10_000;

export function toasted(model: ScreenModel, text: string, isError = false): ScreenModel {
  const untilMs = model.chat.nowMs + (isError ? toastErrorMs : toastMs);
  return { ...model, toast: { text, isError, untilMs } };
}
