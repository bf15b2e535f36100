// The keys as help shows them: by group, in the order of the table of actions. Pure.
// Made from the bindings in force, so that no user reads of a key that does something else.

import { chordLabel } from "@maru/tui/key";
import { type ActionGroup, actionGroups, actions } from "./actions.ts";
import { type Bindings, chordsOf } from "./bindings.ts";

export interface KeyHelpRow {
  readonly action: string;
  /** "Alt-B, Ctrl-←"; empty when no key does it. */
  readonly keys: string;
  readonly about: string;
}

export interface KeyHelpGroup {
  readonly group: ActionGroup;
  readonly rows: readonly KeyHelpRow[];
}

/** Every action with its keys. `isAscii`: names instead of arrows. */
export function keyHelp(bindings: Bindings, isAscii = false): KeyHelpGroup[] {
  return actionGroups.map((group) => ({
    group,
    rows: actions
      .filter((action) => action.group === group)
      .map(({ name, about }) => ({
        action: name,
        keys: chordsOf(bindings, name)
          .map((chord) => chordLabel(chord, isAscii))
          .join(", "),
        about,
      })),
  }));
}
