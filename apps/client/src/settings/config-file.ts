// The file of settings: where it is looked for, and how it is read. Never writes one.
// A file that was asked for must be there; the usual one may be missing.

import { join } from "node:path";
import {
  ConfigError,
  isAbsent,
  parseSettingsTable,
  placeText,
  readSettingsFile,
  type SettingsPlace,
  settingsBytesMax,
  settingsPlace,
} from "@maru/settings/load";
import type * as z from "zod";
import { ClientConfig, themeProblem } from "./client-config.ts";
import { configProblems } from "./setting-list.ts";

/** What names the file; both are had from the environment. */
export interface ConfigPlaces {
  readonly configFile: string | undefined;
  readonly configDirectory: string | null;
}

/** Where settings are looked for, whether a file is there or not; null when there is no home. */
export function configPlace(places: ConfigPlaces, flag?: string): SettingsPlace | null {
  const { configFile, configDirectory } = places;
  return settingsPlace(
    [
      ["--config", flag],
      ["MARU_CONFIG", configFile],
    ],
    configDirectory === null ? null : join(configDirectory, "client.toml"),
  );
}

/** The file to be read; null: there is none, and none was asked for. */
export function findConfigFile(places: ConfigPlaces, flag?: string): SettingsPlace | null {
  const place = configPlace(places, flag);
  return place === null || isAbsent(place) ? null : place;
}

/** The file's settings over the defaults. Throws a ConfigError with every problem. */
export function readConfigFile(file: SettingsPlace): ClientConfig {
  const where = placeText(file);
  return parseConfig(textOf(file.path, where), where);
}

/** The same for a program that draws nothing, with the problems that are none of its own. */
export function readScriptConfig(file: SettingsPlace): ReturnType<typeof parseScriptConfig> {
  const where = placeText(file);
  return parseScriptConfig(textOf(file.path, where), where);
}

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
  const raw = parseSettingsTable(text, where);
  const result = ClientConfig.safeParse(raw);
  if (result.success) return { raw, config: result.data, issues: [] };
  const { issues } = result.error;
  // The schema looks at names of themes only when all else is right.
  const message = issues.some(({ path: [key] }) => key === "theme") ? null : themeProblem(raw);
  const theme: Issue[] =
    message === null ? [] : [{ code: "custom", path: ["theme"], message, input: raw.theme }];
  return { raw, config: null, issues: [...issues, ...theme] };
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
