// Flags that several commands share, and how their values are read. Starts nothing.

import { type Command, InvalidArgumentError } from "commander";
import { type ClientConfig, defaultServer } from "../settings/client-config.ts";
import type { Environment } from "../settings/load-config.ts";
import { loadScriptConfig } from "../settings/load-config.ts";
import type { Setup } from "./programs.ts";
import { parseTarget, type Target, UsageError } from "./target.ts";

export interface SettingFlags {
  config?: string;
  profile?: string;
}

export interface SharedFlags extends SettingFlags {
  room?: string;
  server?: string;
  nick?: string;
  wait?: true;
}

export function withSettings(command: Command): Command {
  return command
    .option("--profile <NAME>", "take server, nick and rooms of [profile.NAME] in the settings")
    .option("--config <FILE>", "the file of settings");
}

/** The flags of the commands for scripts. */
export function withShared(command: Command): Command {
  return withSettings(
    command
      .option("--room <ROOM>", "the room, or @NICK; may also stand in the address")
      .option("--server <ADDRESS>", `host:port or maru://host:port/room (${defaultServer})`)
      .option("--nick <NICK>", "who to be; without it the server picks a guest's name")
      .option("--wait", "wait for a server that is not up yet"),
  );
}

/** The one room of a command for scripts, and who to be there; warns of settings of the screen. */
export function sharedRun(flags: SharedFlags, { environment, texts }: Setup, isQuiet = false) {
  const { config, problems } = loadScriptConfig(environment, flags);
  if (!isQuiet) for (const problem of problems) texts.error(`warning: ${problem}\n`);
  const target = targetOf(flags.server, "--server", environment, config, flags.room, true);
  const { room } = target;
  if (room === null) throw new UsageError("which room? --room ROOM");
  const { stateHome } = environment;
  const { nick } = config;
  return { target: { ...target, room }, nick, stateHome, wait: flags.wait ?? false };
}

/** An address that is typed wins over the environment's, and that over the settings'. */
export function targetOf(
  address: string | undefined,
  /** What `address` is called. */
  name: string,
  environment: Environment,
  config: ClientConfig,
  room?: string,
  mayBePerson = false,
): Target {
  if (address !== undefined) return parseTarget(address, room, name, mayBePerson);
  const { server } = environment;
  if (server !== undefined) return parseTarget(server, room, "MARU_SERVER", mayBePerson);
  const isDefault = config.server === defaultServer;
  const source = isDefault ? `the defaults (${name} names another)` : "server in the settings";
  return parseTarget(config.server, room, source, mayBePerson);
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("a whole number is needed.");
}

export function count(text: string): number {
  const value = /^-\d+$/.test(text) ? 0 : wholeNumber(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError("at least 1 is needed.");
}

/** The longest that a flag may make a program wait, in seconds: a day. */
export const waitSecondsMax = 86_400;

/** A time in whole seconds, from 1 to a day. Every flag whose value is SECONDS is read by this. */
export function seconds(text: string): number {
  const value = count(text);
  if (value <= waitSecondsMax) return value;
  throw new InvalidArgumentError(`at most ${waitSecondsMax} is possible.`);
}
