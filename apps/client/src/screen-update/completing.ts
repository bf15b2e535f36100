// Tab: what the word before the caret may become in this room. Pure.

import { beginCompletion, nextCompletion, previousCompletion } from "../editor/completion.ts";
import type { ScreenModel } from "../screen/screen-model.ts";
import { type ScreenStep, stay } from "../screen/screen-step.ts";
import { sourcesOf } from "./completion-sources.ts";
import { lookedFor } from "./nick-lookup.ts";

export function completed(model: ScreenModel, step: 1 | -1): ScreenStep {
  const { editor, completion } = model;
  if (completion === null) {
    const begun = beginCompletion(editor, sourcesOf(model), step);
    return lookedFor(editor, step, begun === null ? model : { ...model, ...begun });
  }
  const next = step === 1 ? nextCompletion : previousCompletion;
  return stay({ ...model, ...next(editor, completion) });
}
