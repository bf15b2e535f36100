// The command line of the chat itself: the root of all commands. Starts the full screen or line mode.

import { type FlagWords, listHelp } from "@maru/command-line";
import { nearest } from "@maru/settings/did-you-mean";
import { builtInThemes } from "@maru/tui/theme";
import type { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import {
  type ClientConfig,
  defaultRoom,
  defaultRooms,
  defaultServer,
} from "../settings/client-config.ts";
import {
  type ConfigFlags,
  colourDepth,
  environmentVariables,
  loadConfig,
} from "../settings/load-config.ts";
import { notesHelp } from "./command-notes.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import type { ScreenRun, Setup } from "./programs.ts";
import { type SettingFlags, targetOf, withSettings } from "./shared-flags.ts";

interface Flags extends SettingFlags {
  nick?: string;
  plain?: true;
  theme?: string;
  ascii?: true;
  mouse?: boolean;
}

/** Words that complete the value of a flag. */
export const flagWords: FlagWords = { "--theme": Object.keys(builtInThemes) };

export function addChat(root: Command, setup: Setup): void {
  const { name, programs, texts } = setup;
  root
    .description("A chat client for the terminal, and two programs for scripts: send and tail.")
    .version(manifest.version)
    .argument("[address]", `maru://host:port/room (${defaultServer}/${defaultRoom})`)
    .option("--nick <NICK>", "who to be; without it the server picks a guest's name")
    .option("--plain", "lines instead of the full screen");
  withSettings(root)
    .option("--theme <NAME>", `${Object.keys(builtInThemes).join(", ")}, or one of the settings`)
    .option("--ascii", "draw with ASCII characters alone")
    .option("--mouse", "wheel and clicks; select text with Shift held down")
    .option("--no-mouse", "leave the mouse to the terminal")
    .addHelpText("after", () => notesHelp("", name, environmentHelp(), exitCodesHelp()))
    .action(async (address: string | undefined, flags: Flags) => {
      const run = screenRun(address, flags, setup);
      const { target, nick, colour, stateHome } = run;
      const ending = flags.plain
        ? await programs.chat({ target, nick, colour, stateHome })
        : await programs.screen(run);
      setup.ended(ending);
      if (ending === "unreachable") texts.error(bareWordHint(root, address));
    });
}

function screenRun(address: string | undefined, flags: Flags, setup: Setup): ScreenRun {
  const { environment } = setup;
  const given: ConfigFlags = flags;
  const settings = loadConfig(environment, given);
  const target = targetOf(address, "the command line", environment, settings);
  const rooms = target.room === null ? settings.rooms : [target.room];
  const room = rooms[0] ?? defaultRoom;
  const host = target.host.includes(":") ? `[${target.host}]` : target.host;
  const config: ClientConfig = {
    ...settings,
    server: `maru://${host}:${target.port}`,
    rooms: [...rooms],
  };
  return {
    target: { ...target, room },
    nick: settings.nick,
    stateHome: environment.stateHome,
    colour: environment.colour,
    config,
    depth: colourDepth(environment, given),
    environment,
    isRoomGiven: target.room !== null,
    hasRooms: target.room !== null || settings.rooms !== defaultRooms,
  };
}

/** The environment as help shows it. */
function environmentHelp(): string {
  return listHelp("Environment:", environmentVariables);
}

/** A mistyped subcommand names a server. */
export function bareWordHint(root: Command, address = "."): string {
  if (/[.:/]|^-/.test(address)) return "";
  const names = root.commands.map((command) => command.name());
  const near = nearest(address, names);
  const hint = near === null ? `the subcommands are ${names.join(", ")}` : `did you mean ${near}?`;
  return `("${address}" was taken for a server; ${hint})\n`;
}
