// Where a program's file of settings is: one that was asked for must be there, the usual one may be
// missing.

import { existsSync } from "node:fs";

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
