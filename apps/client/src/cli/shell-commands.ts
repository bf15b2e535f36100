// The command line of what is made of the command line itself: `completions` and `man`.

import { Argument, type Command } from "commander";
import { commandNotes, notesHelp } from "./command-notes.ts";
import { describeTree } from "./command-tree.ts";
import { completions, type Shell, shells } from "./completions.ts";
import { manPage } from "./man-page.ts";
import type { Setup } from "./programs.ts";
import { UsageError } from "./target.ts";

interface Flags {
  name: string;
}

/** How the client is called by those who have a command of their own for it. */
const usualName = "maru";

export function addShellCommands(root: Command, { name, texts }: Setup): void {
  root
    .command("completions")
    .description("Prints completions for a shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .option("--name <COMMAND>", "the command to complete", usualName)
    .addHelpText("after", () => notesHelp("completions", name))
    .action((shell: Shell, flags: Flags) =>
      texts.out(completions(shell, commandName(flags), describeTree(root))),
    );
  root
    .command("man")
    .description("Prints the man page.")
    .option("--name <COMMAND>", "what the client is called in it", usualName)
    .addHelpText("after", () => notesHelp("man", name))
    .action((flags: Flags) =>
      texts.out(manPage(commandName(flags), describeTree(root), commandNotes)),
    );
}

/** It becomes part of a script, where nothing else may stand. */
function commandName({ name }: Flags): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) return name;
  throw new UsageError(`--name ${name}: at most 64 letters, digits, - and _`);
}
