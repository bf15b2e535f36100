// The key that does something, as a person would read it, for hints beside what it does. Pure.

import * as key from "@maru/tui/key";
import type { ActionName } from "../screen/keys/actions.ts";
import type { ScreenModel } from "../screen/model/screen-model.ts";

/** The first key bound to `action`; null when none is. */
export function keyLabel(
  { bindings, settings }: Pick<ScreenModel, "bindings" | "settings">,
  action: ActionName,
): string | null {
  return key.keyLabel(bindings, action, settings.isAscii);
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
