// Flags that several commands share. Starts nothing.

import { UsageError } from "@maru/command-line";
import type { Command } from "commander";
import { type ClientConfig, defaultServer } from "../settings/client-config.ts";
import type { Environment } from "../settings/load-config.ts";
import { loadScriptConfig } from "../settings/load-config.ts";
import type { Setup } from "./programs.ts";
import { parseTarget, type Target } from "./target.ts";

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
