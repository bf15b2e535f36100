// The file of settings: where it is looked for, and how it is read. Never writes one.
// A file that was asked for must be there; the usual one may be missing.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, readSettingsFile, settingsBytesMax } from "@maru/settings/load";
import type { z } from "zod";
import { ClientConfig, themeProblem } from "./client-config.ts";
import { configProblems } from "./setting-list.ts";

export interface ConfigFile {
  readonly path: string;
  /** What named it, for messages: "--config", "MARU_CONFIG"; null: it is the usual one. */
  readonly asked: "--config" | "MARU_CONFIG" | null;
}

/** What names the file; both are had from the environment. */
export interface ConfigPlaces {
  readonly configFile: string | undefined;
  readonly configDirectory: string | null;
}

/** Where settings are looked for, whether a file is there or not; null when there is no home. */
export function configPlace(places: ConfigPlaces, flag?: string): ConfigFile | null {
  if (flag !== undefined) return { path: flag, asked: "--config" };
  if (places.configFile !== undefined) return { path: places.configFile, asked: "MARU_CONFIG" };
  if (places.configDirectory === null) return null;
  return { path: join(places.configDirectory, "client.toml"), asked: null };
}

/** The file to be read; null: there is none, and none was asked for. */
export function findConfigFile(places: ConfigPlaces, flag?: string): ConfigFile | null {
  const place = configPlace(places, flag);
  return place === null || (place.asked === null && !existsSync(place.path)) ? null : place;
}

/** The file's settings over the defaults. Throws a ConfigError with every problem. */
export function readConfigFile(file: ConfigFile): ClientConfig {
  const where = whereOf(file);
  return parseConfig(textOf(file.path, where), where);
}

/** The same for a program that draws nothing, with the problems that are none of its own. */
export function readScriptConfig(file: ConfigFile): ReturnType<typeof parseScriptConfig> {
  const where = whereOf(file);
  return parseScriptConfig(textOf(file.path, where), where);
}

const whereOf = ({ asked, path }: ConfigFile) => (asked === null ? path : `${asked} ${path}`);

/** Settings as TOML; `where` stands before each problem. */
export function parseConfig(text: string, where: string): ClientConfig {
  const { config, issues } = judge(text, where);
  if (config !== null) return config;
  throw new ConfigError(configProblems(issues, where).join("\n"));
}

/** What programs for scripts read of the settings. */
const scriptKeys = ["server", "nick", "profile"] as const;

/**
 * The same for a program that draws nothing: what is wrong with the rest does not keep it from its
 * work. An unknown name might be meant for one of those, and does.
 */
function parseScriptConfig(text: string, where: string) {
  const { raw, config, issues } = judge(text, where);
  if (config !== null) return { config, problems: [] };
  const isOurs = ({ path: [key] }: Issue) => key === undefined || scriptKeys.some((k) => k === key);
  const wrong = issues.filter(isOurs);
  if (wrong.length > 0) throw new ConfigError(configProblems(wrong, where).join("\n"));
  const read = Object.entries(raw).filter(([key]) => scriptKeys.some((each) => each === key));
  const problems = configProblems(issues, where);
  return { config: ClientConfig.parse(Object.fromEntries(read)), problems };
}

type Issue = z.core.$ZodIssue;

function judge(text: string, where: string) {
  const raw = tableOf(text, where);
  const result = ClientConfig.safeParse(raw);
  if (result.success) return { raw, config: result.data, issues: [] };
  const { issues } = result.error;
  // The schema looks at names of themes only when all else is right.
  const message = issues.some(({ path: [key] }) => key === "theme") ? null : themeProblem(raw);
  const theme: Issue[] =
    message === null ? [] : [{ code: "custom", path: ["theme"], message, input: raw.theme }];
  return { raw, config: null, issues: [...issues, ...theme] };
}

function tableOf(text: string, where: string): Record<string, unknown> {
  try {
    return Bun.TOML.parse(text.replace(/^\ufeff/, "")) as Record<string, unknown>;
  } catch (error) {
    const why = (error as Error).message.replace(/^TOML Parse error: /, "");
    throw new ConfigError(`${where}: ${placeOfMistake(text)}not valid TOML: ${why}`);
  }
}

/** Lines up to which a mistake is looked for: each try reads what stands before it. */
const searchedLinesMax = 1_000;

/**
 * "line 7: ", the line where what can't be read begins, as the parser does not tell it: the one
 * behind the longest beginning that can be read.
 */
function placeOfMistake(text: string): string {
  const lines = text.split("\n");
  if (lines.length > searchedLinesMax) return "";
  for (let count = lines.length - 1; count >= 0; count--) {
    if (isToml(lines.slice(0, count).join("\n"))) return `line ${count + 1}: `;
  }
  return "";
}

function isToml(text: string): boolean {
  try {
    Bun.TOML.parse(text);
    return true;
  } catch {
    return false;
  }
}

function textOf(path: string, where: string): string {
  const read = readSettingsFile(path);
  if (read.kind === "unread") throw new ConfigError(`${where}: ${read.why}`);
  if (read.kind === "long") {
    throw new ConfigError(`${where}: larger than ${settingsBytesMax} bytes; is it the right file?`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(read.bytes);
  } catch {
    throw new ConfigError(`${where}: is not written in UTF-8`);
  }
}
