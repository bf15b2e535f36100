// Which chord does what in the client: Enter as the settings say, and one key that sends. Pure.

import * as key from "@maru/tui/key";
import { type ActionName, actions, isActionName } from "./actions.ts";

export type Bindings = key.Bindings<ActionName>;

/** What the Enter key does; "newline" exchanges it with Alt-Enter and Ctrl-J. */
export type EnterKey = "send" | "newline";

const exchanged: Readonly<Partial<Record<ActionName, ActionName>>> = {
  send: "newline",
  newline: "send",
};

function defaultsFor(enter: EnterKey): readonly key.ActionSpec<ActionName>[] {
  if (enter === "send") return actions;
  return actions.map((action) => ({ ...action, name: exchanged[action.name] ?? action.name }));
}

/** The bindings in force, and what is wrong with `overrides`, in whole sentences. */
export function bindingsOf(
  overrides: Readonly<Record<string, string>> = {},
  enter: EnterKey = "send",
): { bindings: Bindings; problems: string[] } {
  const { own, problems } = judgeOverrides(overrides);
  const bindings = key.boundOver(defaultsFor(enter), own);
  const said = problems.map(({ chord, problem }) => `"${chord}": ${problem}`);
  if (key.chordsOf(bindings, "send").length === 0) {
    said.push('no key is left that sends a message; bind one to "send"');
  }
  return { bindings, problems: said };
}

/** A person's own bindings by canonical chord, and what is wrong with the others. */
export const judgeOverrides = (overrides: Readonly<Record<string, string>>) =>
  key.judgeOverrides<ActionName>(overrides, (action) =>
    isActionName(action)
      ? null
      : `there is no action "${action}"; \`keys\` lists them, and "none" unbinds`,
  );
