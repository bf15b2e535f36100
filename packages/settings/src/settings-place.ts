// Where a program's file of settings is: one that was asked for must be there, the usual one may be
// missing.

import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";

export interface SettingsPlace {
  readonly path: string;
  /** What named it: "--config", a variable; null: it is the usual one. */
  readonly asked: string | null;
}

/** The first of `asked` that names a path, else the usual one; null: there is none either. */
export function settingsPlace(
  asked: readonly (readonly [name: string, path: string | undefined])[],
  usual: string | null,
): SettingsPlace | null {
  for (const [name, path] of asked) if (path !== undefined) return { path, asked: name };
  return usual === null ? null : { path: usual, asked: null };
}

/** The usual file that is not there: the defaults hold. */
export const isAbsent = ({ path, asked }: SettingsPlace): boolean =>
  asked === null && !existsSync(path);

/** As it stands before what is wrong with the file: `--config FILE`, or the path alone. */
export const placeText = ({ path, asked }: SettingsPlace): string =>
  asked === null ? path : `${asked} ${path}`;

/**
 * The directory of a person's files, as https://specifications.freedesktop.org/basedir-spec/latest/
 * has it: what `variable` names (XDG_CONFIG_HOME), else the usual place below the home; null where
 * there is no home either. A relative one is ignored, as the specification says.
 */
export function baseDirectory(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
  ...usual: readonly string[]
): string | null {
  const { [variable]: named = "", HOME: home = "" } = env;
  if (isAbsolute(named)) return named;
  return home === "" ? null : join(home, ...usual);
}
