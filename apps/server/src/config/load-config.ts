// Puts the configuration together: default < file < environment < flag, checked once, then frozen.
// The only place that reads the environment.

import { closeSync, openSync, readSync } from "node:fs";
import { outboundBytesMin } from "@maru/core";
import { chatProtocol } from "@maru/protocol/chat";
import type { z } from "zod";
import { didYouMean } from "./did-you-mean.ts";
import { type ServerConfig as Config, flagName, ServerConfig, settings } from "./server-config.ts";

/** What is wrong with a configuration, in words for whoever wrote it. */
export class ConfigError extends Error {}

type Raw = Record<string, unknown>;

/**
 * `flags` by setting key, only those that were given. Throws a ConfigError that names each offending
 * setting, where it came from, and its rule.
 */
export function loadConfig(flags: Raw, file: string | undefined, env = process.env): Config {
  const { values: fromFile, unknown } = file === undefined ? nothingRead : readConfigFile(file);
  const fromEnv: Raw = {};
  for (const { key, env: name } of settings) {
    if (env[name] !== undefined) fromEnv[key] = env[name];
  }
  const problems = [...unknown, ...unknownVariables(env)];
  const result = ServerConfig.safeParse({ ...fromFile, ...fromEnv, ...flags });
  if (!result.success) {
    // The last of a setting says most: of a number that is too large, that it is.
    const issues = new Map(result.error.issues.map((issue) => [String(issue.path[0]), issue]));
    const lines = [...issues].map(([key, issue]) => {
      return `${sourceOf(key, flags, fromEnv, file)}: ${describe(issue, key)}`;
    });
    problems.push(...lines);
  }
  if (!result.success || problems.length > 0) throw new ConfigError(problems.join("\n"));
  demandAvailable(result.data);
  demandConsistent(result.data);
  return Object.freeze(result.data);
}

/** Variables of the client, which may be set on the same machine. */
const othersVariables = ["MARU_SERVER", "MARU_NICK", "MARU_CONFIG"];

/** A sentence for each; one of the client's is never advised, as the server doesn't read it. */
function unknownVariables(env: Record<string, string | undefined>): string[] {
  const own = settings.map((setting) => setting.env);
  const known = new Set([...own, ...othersVariables]);
  const bare = (name: string) => name.slice("MARU_".length);
  return Object.keys(env)
    .filter((name) => name.startsWith("MARU_") && !known.has(name))
    .map((name) => {
      const hint = didYouMean(bare(name), own.map(bare), "MARU_");
      return `${name}: there is no such setting${hint}`;
    });
}

interface ReadFile {
  readonly values: Raw;
  /** A sentence for each key that is no setting. */
  readonly unknown: readonly string[];
}
const nothingRead: ReadFile = { values: {}, unknown: [] };

function readConfigFile(file: string): ReadFile {
  const text = textOf(file);
  let parsed: Raw;
  try {
    parsed = Bun.TOML.parse(text) as Raw;
  } catch (error) {
    throw new ConfigError(`${file}: not valid TOML: ${(error as Error).message}`);
  }
  const byName = new Map<string, string>(settings.map(({ key, flag }) => [flag, key]));
  const values: Raw = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(parsed)) {
    const key = byName.get(name);
    if (key !== undefined) values[key] = value;
    else {
      const hint = didYouMean(name, [...byName.keys()]);
      unknown.push(`${file}: there is no setting "${name}"${hint}`);
    }
  }
  return { values, unknown };
}

/** No settings are longer, in bytes. */
export const configBytesMax = 256 * 1024;

/** What is read of it may have no end, as a device has none: no more than so much is. */
function textOf(file: string): string {
  const bytes = Buffer.alloc(configBytesMax + 1);
  let length = 0;
  try {
    const from = openSync(file, "r");
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = readSync(from, bytes, length, bytes.length - length, null);
      }
    } finally {
      closeSync(from);
    }
  } catch (error) {
    throw new ConfigError(`--config ${file}: ${whyUnread(error)}`);
  }
  if (length <= configBytesMax) return bytes.toString("utf8", 0, length);
  throw new ConfigError(`--config ${file}: it is longer than ${configBytesMax} bytes`);
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

function sourceOf(key: string, flags: Raw, fromEnv: Raw, file: string | undefined): string {
  const setting = settings.find((candidate) => candidate.key === key);
  const shown = (value: unknown) => (value === "" ? '""' : String(value));
  if (key in flags) return `--${flagName(key)} ${shown(flags[key])}`;
  if (key in fromEnv) return `${setting?.env}=${shown(fromEnv[key])}`;
  return `${file}: ${flagName(key)}`;
}

/** Of a setting that may be a word or a number, what is wrong with the number. */
function describe(issue: z.core.$ZodIssue, key: string): string {
  const setting = settings.find((candidate) => candidate.key === key);
  const branches = issue.code === "invalid_union" ? issue.errors : [];
  const { message } = branches.at(-1)?.at(0) ?? issue;
  return `${message} (expected ${setting?.value})`;
}

/** Names of the design that a later version fills: refused now, never silently ignored. */
function demandAvailable(config: Config): void {
  if (config.tls !== "off") {
    throw new ConfigError("--tls: this version has no TLS; use --tls off, behind a TLS proxy");
  }
  if (config.cluster !== undefined) {
    throw new ConfigError("--cluster: this version runs on one machine; leave it out");
  }
}

function demandConsistent(config: Config): void {
  if (config.outboundBytes < outboundBytesMin(config.frameBytes, chatProtocol.framing)) {
    throw new ConfigError("--outbound-bytes must be at least twice --frame-bytes");
  }
  if (config.outboundBytes < config.readBurstBytes * 2) {
    throw new ConfigError("--outbound-bytes must be at least twice --read-burst-bytes");
  }
  if (config.port !== 0 && config.port === config.httpPort) {
    throw new ConfigError("--http-port must be another one than --port");
  }
  if (config.readBurstBytes < config.replayBytes) {
    throw new ConfigError("--read-burst-bytes must be at least --replay-bytes");
  }
}
