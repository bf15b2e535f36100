// The mouse, for who has turned it on: the wheel scrolls, a click goes where it points. Pure.

import { choicesOf } from "@maru/chat-model/list";
import { hitOf } from "../../layout/click.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenInput, type ScreenStep, stay } from "../model/screen-step.ts";
import { openRoom } from "./opening.ts";
import { choose, scrollText } from "./overlay-update.ts";
import { scroll } from "./reading.ts";

/** Rows of one notch of the wheel. */
const wheelRows = 3;

export function updateMouse(
  model: ScreenModel,
  input: Extract<ScreenInput, { type: "clicked" | "wheel" }>,
): ScreenStep {
  // While it is asked what becomes of a text, nothing but a key answers.
  if (model.overlay?.kind === "paste" || model.overlay?.kind === "parts") return stay(model);
  return input.type === "wheel" ? turnWheel(model, input.rows) : click(model, input.x, input.y);
}

function turnWheel(model: ScreenModel, rows: number): ScreenStep {
  const { overlay } = model;
  const by = Math.sign(rows) * wheelRows;
  switch (overlay?.kind) {
    case "text":
    case "keys":
      return stay(scrollText(model, overlay, by));
    case "list": {
      const last = Math.max(0, choicesOf(overlay).length - 1);
      const index = Math.min(last, Math.max(0, overlay.index + Math.sign(rows)));
      return stay({ ...model, overlay: { ...overlay, index } });
    }
    default:
      return scroll(model, by);
  }
}

function click(model: ScreenModel, x: number, y: number): ScreenStep {
  const hit = hitOf(model, x, y);
  switch (hit?.kind) {
    case "choice": {
      const { overlay } = model;
      if (overlay?.kind !== "list") return stay(model);
      const choice = choicesOf(overlay)[hit.index];
      return choice === undefined ? stay(model) : choose(model, overlay, choice);
    }
    case "room":
      return stay(openRoom(model, hit.key));
    case "item":
      return stay({
        ...model,
        selected: hit.key > 0 && model.selected !== hit.key ? hit.key : null,
      });
    default:
      return stay(model);
  }
}
