// The keys as help shows them: by group, in the order of the table of actions. Pure.

import { type KeyHelpRow, keyHelpRows } from "@maru/tui/key";
import { type ActionGroup, actionGroups, actions } from "./actions.ts";
import type { Bindings } from "./bindings.ts";

export interface KeyHelpGroup {
  readonly group: ActionGroup;
  readonly rows: readonly KeyHelpRow[];
}

/** Every action with its keys. `isAscii`: names instead of arrows. */
export function keyHelp(bindings: Bindings, isAscii = false): KeyHelpGroup[] {
  return actionGroups.map((group) => ({
    group,
    rows: keyHelpRows(
      actions.filter((action) => action.group === group),
      bindings,
      isAscii,
    ),
  }));
}
