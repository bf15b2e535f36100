// The file of settings: where it is looked for, and how it is read. Never writes one.
// A file that was asked for must be there; the usual one may be missing.

import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { ClientConfig, themeProblem } from "./client-config.ts";
import { ConfigError, configProblems } from "./config-problems.ts";

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

/** No settings are longer, in bytes. */
export const configBytesMax = 256 * 1024;

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

/** By the system's code. */
const unread: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory; name a file",
  EACCES: "the permission to read it is missing",
};

function whyUnread(error: unknown): string {
  const { code = "", message } = error as Error & { code?: string };
  return unread[code] ?? `the file can't be read (${message})`;
}

function textOf(path: string, where: string): string {
  try {
    const bytes = bytesOf(path);
    if (bytes.length > configBytesMax) {
      throw new ConfigError(`${where}: larger than ${configBytesMax} bytes; is it the right file?`);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (error instanceof TypeError) throw new ConfigError(`${where}: is not written in UTF-8`);
    throw new ConfigError(`${where}: ${whyUnread(error)}`);
  }
}

/** What is read may have no end, as a device has none: one byte more than it may have, at most. */
function bytesOf(path: string): Uint8Array {
  const bytes = new Uint8Array(configBytesMax + 1);
  const file = openSync(path, "r");
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
