// The command line of `inspect`.

import type { Command } from "commander";
import { loadScriptConfig } from "../settings/load-config.ts";
import { notesHelp } from "./command-notes.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import type { Setup } from "./programs.ts";
import { type SettingFlags, targetOf, withSettings } from "./shared-flags.ts";

interface Flags extends SettingFlags {
  nick?: string;
  greeting: boolean;
  ping: boolean;
  json?: true;
}

export function addInspect(root: Command, setup: Setup): void {
  const { name, programs, environment, texts, ended } = setup;
  withSettings(
    root
      .command("inspect")
      .argument("[address]", "host:port of any server that speaks frames of JSON")
      .option("--nick <NICK>", "who to be; without it the server picks a guest's name"),
  )
    .description("Shows every frame both ways, and sends the JSON that is typed.")
    .option("--no-greeting", "send no hello: for other protocols than the chat's")
    .option("--no-ping", "send no ping, so that the server cuts a silence")
    .option("--json", "one JSON object a frame")
    .addHelpText("after", () => notesHelp("inspect", name, exitCodesHelp()))
    .action(async (address: string | undefined, flags: Flags) => {
      const { config, problems } = loadScriptConfig(environment, flags);
      for (const problem of problems) texts.error(`warning: ${problem}\n`);
      ended(
        await programs.inspect({
          target: targetOf(address, "the address", environment, config),
          nick: config.nick,
          greets: flags.greeting,
          pings: flags.ping,
          isJson: flags.json ?? false,
        }),
      );
    });
}
