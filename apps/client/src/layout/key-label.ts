// The key that does something, as a person would read it, for hints beside what it does. Pure.

import { chordLabel } from "@maru/tui/key";
import type { ActionName } from "../screen/keys/actions.ts";
import { chordsOf } from "../screen/keys/bindings.ts";
import type { ScreenModel } from "../screen/model/screen-model.ts";

/** The first key bound to `action`; null when none is. */
export function keyLabel(
  { bindings, settings }: Pick<ScreenModel, "bindings" | "settings">,
  action: ActionName,
): string | null {
  const [chord] = chordsOf(bindings, action);
  return chord === undefined ? null : chordLabel(chord, settings.isAscii);
}

/** "Esc closes"; empty when no key does it. */
export function keyHint(
  model: Pick<ScreenModel, "bindings" | "settings">,
  action: ActionName,
  about: string,
): string {
  const label = keyLabel(model, action);
  return label === null ? "" : `${label} ${about}`;
}
