// The command line: its commands put together, and which program they start.
// Turns words into the programs' options and endings into exit codes; runs nothing itself.

import { addShellCommands, exitCodeOf, UsageError } from "@maru/command-line";
import { ConfigError } from "@maru/settings/load";
import { Command, CommanderError } from "commander";
import type { Environment } from "../settings/load-config.ts";
import { addChat, bareWordHint, flagWords } from "./chat-command.ts";
import { commandNotes, notesHelp } from "./command-notes.ts";
import { type Ending, exitCodes } from "./exit-codes.ts";
import { addInspect } from "./inspect-command.ts";
import { manPage } from "./man-page.ts";
import type { Programs, Setup, Texts } from "./programs.ts";
import { addSend } from "./send-command.ts";
import { addSettingCommands } from "./setting-commands.ts";
import { addTail } from "./tail-command.ts";

const name = "bun run client";

/** Runs what `args` ask for; resolves with the exit code. */
export async function runCommandLine(
  args: readonly string[],
  programs: Programs,
  environment: Environment,
  texts: Texts,
): Promise<number> {
  let ending: Ending = "done";
  const ended = (how: Ending) => {
    ending = how;
  };
  for (const text of environment.unknown) texts.error(`warning: ${text}\n`);
  const root = createCommand({ name, programs, environment, texts, ended });
  const taken = root.commands.some((command) => command.name() === args[0]) ? undefined : args[0];
  root.configureOutput({
    outputError: (text, write) => write(bareWordHint(root, taken) + text),
  });
  try {
    await root.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      return exitCodeOf(error);
    }
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    for (const line of error.message.split("\n")) texts.error(`error: ${line}\n`);
    return exitCodes.usage.code;
  }
  return exitCodes[ending].code;
}

/** Every command; nothing is run until it parses. */
export function createCommand(setup: Setup): Command {
  // Options belong to the command that they follow: --nick of send is not the chat's.
  const root = new Command(setup.name).enablePositionalOptions();
  root.configureOutput({ writeOut: setup.texts.out, writeErr: setup.texts.error });
  addChat(root, setup);
  addSend(root, setup);
  addTail(root, setup);
  addInspect(root, setup);
  addSettingCommands(root, setup);
  addShellCommands(root, {
    program: "the client",
    usualName: "maru",
    words: flagWords,
    manPage: (called, tree) => manPage(called, tree, commandNotes),
    helpBelow: (command) => notesHelp(command, setup.name),
    out: setup.texts.out,
  });
  for (const command of [root, ...root.commands]) {
    const words = command === root ? setup.name : `${setup.name} ${command.name()}`;
    command.exitOverride().showHelpAfterError(`(${words} --help shows how)`);
  }
  return root;
}
