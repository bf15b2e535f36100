// The server's command line, made from the configuration's schema. Parses; decides nothing.

import { createProgram } from "@maru/command-line";
import { print } from "@maru/core";
import { helpOf } from "@maru/settings";
import { Option } from "commander";
import { settings } from "./server-config.ts";

export interface ParsedCommandLine {
  /** Given settings by key. */
  readonly flags: Record<string, unknown>;
  readonly configFile: string | undefined;
}

/** Parses `args`; `--help`, `--version` and usage errors end the process as commander does. */
export function parseCommandLine(args: readonly string[], version: string): ParsedCommandLine {
  const command = createProgram("bun run server", print)
    .description("Maru, a chat server. Settings come from flags, MARU_* variables and a TOML file.")
    .version(version)
    .showHelpAfterError("(--help lists the settings)")
    .option("--config <FILE>", "TOML file of settings, named as the flags without --");
  for (const setting of settings) {
    const { flags, description, heading } = helpOf(setting);
    command.addOption(new Option(flags, description).helpGroup(heading));
  }
  command.parse([...args], { from: "user" });
  const { config, ...flags } = command.opts<Record<string, string>>();
  return { flags, configFile: config };
}
