// Which chord does what: the defaults with a person's own over them. Pure.
// What can't be bound is named, with what to do instead, and changes nothing.

import { chordLabel, chordProblem, parseChord } from "@maru/tui/key";
import { type ActionName, actions, isActionName } from "./actions.ts";

/** By canonical chord. */
export type Bindings = ReadonlyMap<string, ActionName>;

/** What the Enter key does; "newline" exchanges it with Alt-Enter and Ctrl-J. */
export type EnterKey = "send" | "newline";

/** The chords of a person's own, as they wrote them; "none" takes a default away. */
export type KeyOverrides = Readonly<Record<string, ActionName | "none">>;

export interface BindingProblem {
  /** As it was written. */
  readonly chord: string;
  readonly problem: string;
}

/** Bindings that a person makes; more are a mistake. */
export const keyOverridesMax = 256;

const exchanged: Readonly<Partial<Record<ActionName, ActionName>>> = {
  send: "newline",
  newline: "send",
};

function defaultBindings(enter: EnterKey): Map<string, ActionName> {
  return new Map(
    actions.flatMap(({ name, chords }) => {
      const bound: ActionName = enter === "newline" ? (exchanged[name] ?? name) : name;
      return chords.map((chord) => [chord, bound] as const);
    }),
  );
}

/** The bindings in force, and what is wrong with `overrides`, in whole sentences. */
export function bindingsOf(
  overrides: Readonly<Record<string, string>> = {},
  enter: EnterKey = "send",
): { bindings: Bindings; problems: string[] } {
  const { own, problems } = judgeOverrides(overrides);
  const bindings = defaultBindings(enter);
  for (const [chord, action] of own) {
    if (action === "none") bindings.delete(chord);
    else bindings.set(chord, action);
  }
  const said = problems.map(({ chord, problem }) => `"${chord}": ${problem}`);
  if (chordsOf(bindings, "send").length === 0) {
    said.push('no key is left that sends a message; bind one to "send"');
  }
  return { bindings, problems: said };
}

/** A person's own bindings by canonical chord, and what is wrong with the others. */
export function judgeOverrides(overrides: Readonly<Record<string, string>>): {
  own: ReadonlyMap<string, ActionName | "none">;
  problems: BindingProblem[];
} {
  const own = new Map<string, ActionName | "none">();
  const problems: BindingProblem[] = [];
  const written = new Map<string, string>();
  for (const [chord, action] of Object.entries(overrides)) {
    const canonical = parseChord(chord);
    const problem = problemOf(canonical, action, written);
    if (canonical !== null && problem === null) {
      written.set(canonical, chord);
      own.set(canonical, action as ActionName | "none");
    } else if (problem !== null) problems.push({ chord, problem });
  }
  return { own, problems };
}

function problemOf(
  canonical: string | null,
  action: string,
  written: ReadonlyMap<string, string>,
): string | null {
  if (canonical === null) {
    return 'there is no such key; write one chord, such as "ctrl-a", "alt-left" or "f5"';
  }
  const unsendable = chordProblem(canonical);
  if (unsendable !== null) return unsendable;
  const twin = written.get(canonical);
  if (twin !== undefined) {
    return `it is ${chordLabel(canonical)}, as "${twin}" is; leave one of the two`;
  }
  if (action === "none" || isActionName(action)) return null;
  return `there is no action "${action}"; \`keys\` lists them, and "none" unbinds`;
}

/** The chords that do `action`, in the order of the defaults, a person's own behind them. */
export function chordsOf(bindings: Bindings, action: ActionName): string[] {
  return [...bindings].filter(([, bound]) => bound === action).map(([chord]) => chord);
}
