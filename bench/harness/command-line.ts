// `bun run bench NAME [options]`: the commands and their help, derived from what each declares about
// itself. Runs what is asked for; knows nothing of what it does.

import { exitCodeOf, usageCode } from "@maru/command-line";
import { print } from "@maru/core";
import { Command, CommanderError, Option } from "commander";
import { flagOf, type Options, type Values, valuesOf } from "./options.ts";

/** Something that the bench can do: a benchmark, or what belongs to one. */
export interface Task<O extends Options = Options> {
  readonly name: string;
  /** In a line, for the list of all. */
  readonly about: string;
  /** What it answers, in a paragraph. */
  readonly answers: string;
  readonly options: O;
  /** A word without a flag, as its key in the values; undefined where it is not given. */
  readonly argument?: { readonly key: string; readonly about: string };
  /** Resolves to the exit code: 1 when a bar was missed or a measurement failed. */
  run(values: Values<O>): Promise<number>;
}

/** The values of these words, as `run` takes them; throws for a mistake. */
export function readValues<O extends Options>(task: Task<O>, words: readonly string[]): Values<O> {
  let values: Values<O> | undefined;
  const command = commandOf(task, (read) => {
    values = read;
  });
  const quiet = { writeOut: () => {}, writeErr: () => {} };
  command.configureOutput(quiet).parse([...words], { from: "user" });
  if (values === undefined) throw new Error(`nothing was read for ${task.name}`);
  return values;
}

/** `fallback` runs where the first word is an option or there is none. Resolves to the exit code. */
export async function runCommandLine(
  tasks: readonly Task[],
  fallback: string,
  words: readonly string[],
): Promise<number> {
  let chosen: (() => Promise<number>) | undefined;
  const root = new Command("bun run bench")
    .usage("[NAME] [options]   (NAME --help tells its options)")
    .helpCommand(false)
    .configureOutput({ writeOut: print })
    .exitOverride();
  for (const task of tasks) {
    const command = commandOf(task, (values) => {
      chosen = () => task.run(values);
    });
    root.addCommand(command, { isDefault: task.name === fallback });
  }
  try {
    const [first = fallback] = words;
    const isKnown = first.startsWith("-") || tasks.some(({ name }) => name === first);
    if (!isKnown) root.help({ error: true });
    root.parse([...words], { from: "user" });
    return (await chosen?.()) ?? usageCode;
  } catch (error) {
    if (error instanceof CommanderError) return exitCodeOf(error);
    process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
    return usageCode;
  }
}

function commandOf<O extends Options>(task: Task<O>, onRead: (values: Values<O>) => void): Command {
  const { name, about, answers, options, argument } = task;
  const command = new Command(name)
    .summary(about)
    .description(answers.replace(/\s+/g, " "))
    .exitOverride();
  command.configureOutput({ writeOut: print }).allowExcessArguments(false);
  if (argument !== undefined) command.argument(`[${argument.key}]`, argument.about);
  for (const [key, each] of Object.entries(options)) {
    if (key === argument?.key) continue;
    command.addOption(optionOf(key, each));
  }
  return command.action((...given: unknown[]) => {
    const typed = command.opts<Readonly<Record<string, string | true>>>();
    const byKey = Object.entries(options).map(([key, each]) => [
      key,
      typed[optionOf(key, each).attributeName()],
    ]);
    if (argument !== undefined) byKey.push([argument.key, given[0] as string | undefined]);
    onRead(valuesOf(options, Object.fromEntries(byKey)));
  });
}

function optionOf(key: string, each: Options[string]): Option {
  const words = each.value === undefined ? "" : ` <${each.value}>`;
  return new Option(`--${flagOf(key, each)}${words}`, each.about + defaultsOf(each));
}

function defaultsOf({ usual, quick }: Options[string]): string {
  const words = [
    ...(usual === undefined ? [] : [`default ${usual === "" ? "none" : usual}`]),
    ...(quick === undefined ? [] : [`quick ${quick === "" ? "none" : quick}`]),
  ];
  return words.length === 0 ? "" : ` (${words.join("; ")})`;
}
