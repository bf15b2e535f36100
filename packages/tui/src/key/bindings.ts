// Which chord does what: the defaults of a table of actions, and a person's own over them. Pure.
// What can't be bound is named, with what to do instead, and changes nothing.

import { chordLabel, parseChord } from "./chord.ts";
import { chordProblem } from "./sendable.ts";

/** Something that a key can do. */
export interface ActionSpec<Name extends string = string> {
  readonly name: Name;
  readonly about: string;
  /** Default chords, canonical, the one to be shown first in front. */
  readonly chords: readonly string[];
}

/** By canonical chord. */
export type Bindings<Name extends string = string> = ReadonlyMap<string, Name>;

/** A person's own by canonical chord; "none" takes a default away. */
export type OwnBindings<Name extends string = string> = ReadonlyMap<string, Name | "none">;

export interface BindingProblem {
  /** As it was written. */
  readonly chord: string;
  readonly problem: string;
}

/** Bindings that a person makes; more are a mistake. */
export const keyOverridesMax = 256;

/** The defaults with a person's own over them. */
export function boundOver<Name extends string>(
  defaults: readonly ActionSpec<Name>[],
  own: OwnBindings<Name>,
): Bindings<Name> {
  const bindings = new Map(
    defaults.flatMap(({ name, chords }) => chords.map((chord) => [chord, name] as const)),
  );
  for (const [chord, action] of own) {
    if (action === "none") bindings.delete(chord);
    else bindings.set(chord, action);
  }
  return bindings;
}

/** A person's own bindings, as they wrote them, and what is wrong with the others. */
export function judgeOverrides<Name extends string>(
  overrides: Readonly<Record<string, string>>,
  actionProblem: (action: string) => string | null,
): { own: OwnBindings<Name>; problems: BindingProblem[] } {
  const own = new Map<string, Name | "none">();
  const problems: BindingProblem[] = [];
  const written = new Map<string, string>();
  for (const [chord, action] of Object.entries(overrides)) {
    const canonical = parseChord(chord);
    const wrong =
      problemOf(canonical, written) ?? (action === "none" ? null : actionProblem(action));
    if (canonical !== null && wrong === null) {
      written.set(canonical, chord);
      own.set(canonical, action as Name | "none");
    } else if (wrong !== null) problems.push({ chord, problem: wrong });
  }
  return { own, problems };
}

function problemOf(canonical: string | null, written: ReadonlyMap<string, string>): string | null {
  if (canonical === null) {
    return 'there is no such key; write one chord, such as "ctrl-a", "alt-left" or "f5"';
  }
  const unsendable = chordProblem(canonical);
  if (unsendable !== null) return unsendable;
  const twin = written.get(canonical);
  if (twin === undefined) return null;
  return `it is ${chordLabel(canonical)}, as "${twin}" is; leave one of the two`;
}

/** The chords that do `action`, in the order of the defaults, a person's own behind them. */
export function chordsOf<Name extends string>(bindings: Bindings<Name>, action: Name): string[] {
  return [...bindings].filter(([, bound]) => bound === action).map(([chord]) => chord);
}

/** The first chord that does `action`, as a person reads it; null when none does. `isAscii`: no arrows. */
export function keyLabel<Name extends string>(
  bindings: Bindings<Name>,
  action: Name,
  isAscii: boolean,
): string | null {
  const [chord] = chordsOf(bindings, action);
  return chord === undefined ? null : chordLabel(chord, isAscii);
}

export interface KeyHelpRow {
  readonly action: string;
  /** "Alt-B, Ctrl-←"; empty when no key does it. */
  readonly keys: string;
  readonly about: string;
}

/** Every action with its keys, made from the bindings in force: no person reads of another key. */
export function keyHelpRows<Name extends string>(
  actions: readonly ActionSpec<Name>[],
  bindings: Bindings<Name>,
  isAscii: boolean,
): KeyHelpRow[] {
  return actions.map(({ name, about }) => ({
    action: name,
    keys: chordsOf(bindings, name)
      .map((chord) => chordLabel(chord, isAscii))
      .join(", "),
    about,
  }));
}
