// Puts flat settings together and judges them once: default < file < environment < flag. Says all
// that is wrong at the same time, each with where it came from. Reads no environment and no file itself.

import type * as z from "zod";
import { ConfigError } from "./config-error.ts";
import { didYouMean } from "./did-you-mean.ts";
import { layerSettings } from "./layers.ts";
import { flagName, listSettings, type Setting } from "./setting-list.ts";
import { unknownVariables } from "./unknown-variables.ts";

type Values = Readonly<Record<string, unknown>>;

export interface GivenSettings {
  /** By setting key, only those that were given. */
  readonly flags: Values;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file's table by the file's keys; undefined: no file. `where` names it in what is said. */
  readonly file: { readonly where: string; readonly table: Values } | undefined;
}

export interface VariableNames {
  readonly prefix: string;
  /** Variables with the prefix that are another program's. */
  readonly others: readonly string[];
}

/** Throws a ConfigError that names each offending setting, where it came from, and its rule. */
export function loadSettings<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  { prefix, others }: VariableNames,
  { flags, env, file }: GivenSettings,
): z.output<z.ZodObject<T>> {
  const settings = listSettings(schema, prefix);
  const own = settings.map((each) => each.env);
  const fromFile = valuesOf(settings, file);
  const problems = [
    ...fromFile.unknown,
    ...unknownVariables(env, { prefix, own, others }).map(
      ({ name, hint }) => `${name}: there is no such setting${hint}`,
    ),
  ];
  const { values, sources } = layerSettings([
    { source: "file", values: fromFile.values },
    {
      source: "env",
      values: Object.fromEntries(settings.map(({ key, env: name }) => [key, env[name]])),
    },
    { source: "flag", values: flags },
  ]);
  const result = schema.safeParse(values);
  if (result.success && problems.length === 0) return result.data;
  if (!result.success) {
    // The last of a setting says most: of a number that is too large, that it is.
    const issues = new Map(result.error.issues.map((issue) => [String(issue.path[0]), issue]));
    for (const [key, issue] of issues) {
      const each = settings.find((candidate) => candidate.key === key);
      const named = { flag: flagName(key), env: each?.env ?? "", where: file?.where };
      const place = placeOf(named, sources.get(key), values[key]);
      problems.push(`${place}: ${ruleOf(issue)} (expected ${each?.value})`);
    }
  }
  throw new ConfigError(problems.join("\n"));
}

/** The file's values by setting key, and a sentence for each of its keys that is no setting. */
function valuesOf(settings: readonly Setting[], file: GivenSettings["file"]) {
  const byName = new Map(settings.map(({ key, flag }) => [flag, key]));
  const values: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(file?.table ?? {})) {
    const key = byName.get(name);
    if (key !== undefined) values[key] = value;
    else {
      const hint = didYouMean(name, [...byName.keys()]);
      unknown.push(`${file?.where}: there is no setting "${name}"${hint}`);
    }
  }
  return { values, unknown };
}

/** A setting as it was given: `--port x`, `MARU_PORT=x`, `maru.toml: port`. */
function placeOf(
  { flag, env, where }: { flag: string; env: string; where: string | undefined },
  source: string | undefined,
  value: unknown,
): string {
  const shown = value === "" ? '""' : String(value);
  if (source === "flag") return `--${flag} ${shown}`;
  if (source === "env") return `${env}=${shown}`;
  return `${where}: ${flag}`;
}

/** Of a setting that may be a word or a number, what is wrong with the number. */
function ruleOf(issue: z.core.$ZodIssue): string {
  const branches = issue.code === "invalid_union" ? issue.errors : [];
  const { message } = branches.at(-1)?.at(0) ?? issue;
  return message;
}
