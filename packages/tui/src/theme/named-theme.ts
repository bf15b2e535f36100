// Themes by name: each role's colours and attributes, of a built-in theme or of a person's own.
// Pure; terminal/ makes the terminal's colours of them, and fills what is blank with `text`.

import { type Role, roles } from "../frame/frame.ts";
import { type BuiltInTheme, builtInThemes } from "./built-in-themes.ts";
import { parseStyle, type Style, type StyleWords } from "./style-string.ts";

export interface NamedTheme {
  readonly name: string;
  readonly styles: Readonly<Record<Role, Style>>;
}

/** A theme as a person writes it: style strings of some roles, over the built-in theme `base`. */
export type OwnTheme = { readonly base: string } & Readonly<
  Partial<Record<Role, string | undefined>>
>;

/** The theme of this name; null: neither built in nor among `own`, whose styles are valid. */
export function themeNamed(
  name: string,
  own: Readonly<Record<string, OwnTheme>> = {},
): NamedTheme | null {
  const builtIn = builtInNamed(name);
  if (builtIn !== null) return themeOf(name, builtIn.looks);
  const custom: OwnTheme | undefined = Object.hasOwn(own, name) ? own[name] : undefined;
  if (custom === undefined) return null;
  const { base, ...looks } = custom;
  const given = Object.entries(looks).filter(([, look]) => look !== undefined);
  const below = builtInNamed(base) ?? builtInThemes.default;
  return themeOf(name, { ...below.looks, ...Object.fromEntries(given) });
}

function builtInNamed(name: string): BuiltInTheme | null {
  const themes: Readonly<Record<string, BuiltInTheme>> = builtInThemes;
  return Object.hasOwn(themes, name) ? (themes[name] ?? null) : null;
}

/** What a look does not say of colours is as in `text`, so that a theme names its page once. */
function themeOf(name: string, looks: Readonly<Record<Role, string>>): NamedTheme {
  const page = wordsOf(looks.text);
  const styles = roles.map((role): [Role, Style] => {
    const words = wordsOf(looks[role]);
    const fg = words.fg ?? page.fg ?? "default";
    const bg = words.bg ?? page.bg ?? "default";
    return [role, { ...words, fg, bg }];
  });
  return { name, styles: Object.fromEntries(styles) as Record<Role, Style> };
}

function wordsOf(look: string): StyleWords {
  const parsed = parseStyle(look);
  // What people write was judged before, and a test judges the built-in ones.
  if (!parsed.ok) throw new Error(`the look "${look}": ${parsed.problem}`);
  return parsed.style;
}
