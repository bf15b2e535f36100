// The directories in which a person's files belong, as a freedesktop.org specification has it:
// https://specifications.freedesktop.org/basedir-spec/latest/

import { isAbsolute, join } from "node:path";

/**
 * What `variable` names (XDG_CONFIG_HOME), else the usual place below the home; null where there is no
 * home either. A relative one is ignored, as the specification says.
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
