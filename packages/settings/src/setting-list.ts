// Settings as rows, with the names outside that follow from the key: for --help and the reference.
// A key `holdMs` is the flag --hold-ms, the variable PREFIX_HOLD_MS and the file's key `hold-ms`.

import type * as z from "zod";
import type { SettingMeta } from "./setting.ts";

export interface Setting<Key extends string = string> extends SettingMeta {
  readonly key: Key;
  /** Without its dashes; the file's key as well. */
  readonly flag: string;
  readonly env: string;
  /** As it is written; undefined where there is none. */
  readonly default: string | undefined;
}

/** `holdMs` → `hold-ms`. */
export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `holdMs` → `MARU_HOLD_MS`, with the prefix `MARU_`. */
export function envName(key: string, prefix: string): string {
  return `${prefix}${flagName(key).replaceAll("-", "_").toUpperCase()}`;
}

/** Every setting of the schema, in its order. */
export function listSettings<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  envPrefix: string,
): readonly Setting<Extract<keyof T, string>>[] {
  return Object.entries(schema.shape).map(([key, each]) => {
    const type = each as z.ZodType;
    const given = type.safeParse(undefined);
    const value = given.success && given.data !== undefined ? String(given.data) : undefined;
    return {
      ...(type.meta() as SettingMeta),
      key: key as Extract<keyof T, string>,
      flag: flagName(key),
      env: envName(key, envPrefix),
      default: value,
    };
  });
}

/** A line of --help: `--hold-ms <MS>`, what it means, and the heading under which it stands. */
export function helpOf({ flag, value, description, default: fallback, env, section }: Setting) {
  const shown = fallback === undefined ? "" : ` [${fallback}]`;
  return {
    flags: `--${flag} <${value}>`,
    description: `${description}${shown} (${env})`,
    heading: `${section}:`,
  };
}

/** The settings by section, sections in the order in which each is first named. */
export function bySection(
  settings: readonly Setting[],
): readonly { readonly section: string; readonly settings: readonly Setting[] }[] {
  const sections = [...new Set(settings.map(({ section }) => section))];
  return sections.map((section) => ({
    section,
    settings: settings.filter((each) => each.section === section),
  }));
}
