// The server's command line, made from the configuration's schema. Parses; decides nothing.

import { createProgram } from "@maru/command-line";
import { print } from "@maru/core";
import { parseNick } from "@maru/protocol/chat";
import { helpOf } from "@maru/settings";
import { InvalidArgumentError, Option } from "commander";
import { settings } from "./server-config.ts";

export interface ParsedCommandLine {
  /** Given settings by key. */
  readonly flags: Record<string, unknown>;
  readonly configFile: string | undefined;
  /** Whose conversation is told live: null: the first one's; undefined: none. */
  readonly explain: string | null | undefined;
}

function nick(text: string): string {
  const parsed = parseNick(text);
  if (!parsed.ok) throw new InvalidArgumentError("This is no nick that a person can have.");
  return parsed.name;
}

/** An act of the person who starts the server, and no setting: no file and no variable has it. */
const explainOption = new Option(
  "--explain [NICK]",
  "tell on standard error, live, what becomes of each frame of one connection: NICK's, or the first one's",
).argParser(nick);

/** Parses `args`; `--help`, `--version` and usage errors end the process as commander does. */
export function parseCommandLine(args: readonly string[], version: string): ParsedCommandLine {
  const command = createProgram("bun run server", print)
    .description("Maru, a chat server. Settings come from flags, MARU_* variables and a TOML file.")
    .version(version)
    .showHelpAfterError("(--help lists the settings)")
    .option("--config <FILE>", "TOML file of settings, named as the flags without --")
    .addOption(explainOption);
  for (const setting of settings) {
    const { flags, description, heading } = helpOf(setting);
    command.addOption(new Option(flags, description).helpGroup(heading));
  }
  command.parse([...args], { from: "user" });
  const { config, explain, ...flags } = command.opts<Record<string, string | true>>();
  return {
    flags,
    configFile: config as string | undefined,
    explain: explain === true ? null : explain,
  };
}
