// A command line as plain data, read out of commander: what completions, the man page and a reference
// are made of, so that no flag can be missing from them.

import type { Command } from "commander";

export interface FlagSpec {
  /** "--nick"; null when there is only a short one. */
  readonly long: string | null;
  readonly short: string | null;
  /** What stands for its value: "NICK"; null when it takes none. */
  readonly value: string | null;
  readonly about: string;
  readonly default: string | null;
  /** Words that complete its value; it may take others. */
  readonly words: readonly string[];
}

export interface ArgumentSpec {
  readonly name: string;
  readonly isRequired: boolean;
  readonly about: string;
  readonly choices: readonly string[];
}

export interface CommandSpec {
  /** "" for the root. */
  readonly name: string;
  readonly about: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly flags: readonly FlagSpec[];
  readonly commands: readonly CommandSpec[];
}

/** By the long name of a flag (`--theme`): words that complete its value, where it is no list of choices. */
export type FlagWords = Readonly<Record<string, readonly string[]>>;

export function describeTree(root: Command, words: FlagWords = {}): CommandSpec {
  return describe(root, "", words);
}

function describe(command: Command, name: string, words: FlagWords): CommandSpec {
  const { visibleOptions, visibleArguments } = visibleOf(command);
  return {
    name,
    about: command.description(),
    arguments: visibleArguments.map((argument) => ({
      name: argument.name(),
      isRequired: argument.required,
      about: argument.description,
      choices: argument.argChoices ?? [],
    })),
    flags: visibleOptions.map((option) => ({
      long: option.long ?? null,
      short: option.short ?? null,
      value: /<(.+)>/.exec(option.flags)?.[1] ?? null,
      about: option.description,
      default:
        option.required && option.defaultValue !== undefined ? String(option.defaultValue) : null,
      words: option.argChoices ?? words[option.long ?? ""] ?? [],
    })),
    commands: command.commands.map((inner) => describe(inner, inner.name(), words)),
  };
}

/** As help shows them: with --help and --version. */
function visibleOf(command: Command) {
  const help = command.createHelp();
  return {
    visibleOptions: help.visibleOptions(command),
    visibleArguments: command.registeredArguments,
  };
}

/** "-n, --count COUNT" as help writes it. */
export function flagText({ short, long, value }: FlagSpec): string {
  const names = [short, long].filter((name) => name !== null).join(", ");
  return value === null ? names : `${names} ${value}`;
}

/** "send [TEXT]" behind the program's name. */
export function callText({ name, arguments: list }: CommandSpec): string {
  const shown = list.map((argument) => {
    const upper = argument.name.toUpperCase();
    return argument.isRequired ? upper : `[${upper}]`;
  });
  return [name, "[FLAGS]", ...shown].filter((part) => part !== "").join(" ");
}
