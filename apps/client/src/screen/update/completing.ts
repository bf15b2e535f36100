// Tab: what the word before the caret may become in this room. Pure.

import { askSourcesOf, sourcesOf } from "@maru/chat-model/completion";
import { beginCompletion, nextCompletion, previousCompletion } from "@maru/tui/editor";
import type { Overlay, ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { lookFor } from "./nick-lookup.ts";

export function complete(model: ScreenModel, step: 1 | -1): ScreenStep {
  const { editor, completion } = model;
  if (completion === null) {
    const begun = beginCompletion(editor, sourcesOf(model, editor.text), step);
    return lookFor(editor, step, begun === null ? model : { ...model, ...begun });
  }
  const next = step === 1 ? nextCompletion : previousCompletion;
  return stay({ ...model, ...next(editor, completion) });
}

type Ask = Extract<Overlay, { kind: "ask" }>;

/** The same in a box with a line of its own. */
export function completeAsk(model: ScreenModel, ask: Ask, step: 1 | -1): ScreenStep {
  const { editor, completion } = ask;
  const next = step === 1 ? nextCompletion : previousCompletion;
  const done =
    completion === null
      ? beginCompletion(editor, askSourcesOf(model, ask.purpose), step)
      : next(editor, completion);
  return stay(done === null ? model : { ...model, overlay: { ...ask, ...done, problem: null } });
}
