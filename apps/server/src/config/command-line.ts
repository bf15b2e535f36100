// The server's command line, made from the configuration's schema. Parses; decides nothing.

import { print } from "@maru/core";
import { Command, Option } from "commander";
import { settings } from "./server-config.ts";

export interface ParsedCommandLine {
  /** Given settings by key. */
  readonly flags: Record<string, unknown>;
  readonly configFile: string | undefined;
}

/** Parses `args`; `--help`, `--version` and usage errors end the process as commander does. */
export function parseCommandLine(args: readonly string[], version: string): ParsedCommandLine {
  const command = new Command("bun run server")
    .description("Maru, a chat server. Settings come from flags, MARU_* variables and a TOML file.")
    .version(version)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: print })
    .showHelpAfterError("(--help lists the settings)")
    .option("--config <FILE>", "TOML file of settings, named as the flags without --")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  for (const { flag, value, description, default: fallback, env, section } of settings) {
    const shown = fallback === undefined ? "" : ` [${fallback}]`;
    const option = new Option(`--${flag} <${value}>`, `${description}${shown} (${env})`);
    command.addOption(option.helpGroup(`${section}:`));
  }
  command.parse([...args], { from: "user" });
  const { config, ...flags } = command.opts<Record<string, string>>();
  return { flags, configFile: config };
}
