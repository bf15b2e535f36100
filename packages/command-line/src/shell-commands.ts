// Commands that a command line has for a shell, made of the command line itself: `completions`, `man`.

import { Argument, type Command } from "commander";
import { type CommandSpec, describeTree, type FlagWords } from "./command-tree.ts";
import { completions, type Shell, shells } from "./completions.ts";
import { UsageError } from "./program.ts";

export interface ShellCommands {
  /** What help calls the program: "the client". */
  readonly program: string;
  /** The command that people have for it, where they have one; `--name` says another. */
  readonly usualName: string;
  readonly words: FlagWords;
  manPage(name: string, root: CommandSpec): string;
  /** What stands below the flags in the help of `command`. */
  helpBelow(command: string): string;
  out(text: string): void;
}

interface Flags {
  name: string;
}

/** Both describe all that `root` has when they run. */
export function addShellCommands(root: Command, shown: ShellCommands): void {
  const { program, usualName, out } = shown;
  const tree = () => describeTree(root, shown.words);
  root
    .command("completions")
    .description("Prints completions for a shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .option("--name <COMMAND>", "the command to complete", usualName)
    .addHelpText("after", () => shown.helpBelow("completions"))
    .action((shell: Shell, flags: Flags) => out(completions(shell, commandName(flags), tree())));
  root
    .command("man")
    .description("Prints the man page.")
    .option("--name <COMMAND>", `what ${program} is called in it`, usualName)
    .addHelpText("after", () => shown.helpBelow("man"))
    .action((flags: Flags) => out(shown.manPage(commandName(flags), tree())));
}

/** It becomes part of a script, where nothing else may stand. */
function commandName({ name }: Flags): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)) return name;
  throw new UsageError(`--name ${name}: at most 64 letters, digits, - and _`);
}
