// docs/client-reference.md: command line, exit codes, keys, settings and themes of the client, out of
// the tables that the client itself works with.

import {
  bindingsOf,
  commandNotes,
  createCommand,
  environmentVariables,
  exitCodes,
  keyHelp,
  loadEnvironment,
  settingRows,
  settingTables,
} from "@maru/client/reference";
import { type CommandSpec, callText, describeTree, flagText } from "@maru/command-line";
import { attributes, builtInThemes, colourNames, roleNotes } from "@maru/tui/theme";
import { code, codeBlock, generatedNote, page, table } from "./markdown.ts";

const program = "bun run client";

const introduction = `
# Reference of the client

All that can be typed, pressed and set. \`${program} man\` prints the same as a man page.`;

const commandLine = `
## The command line

A setting can stand in the file of settings, in one of its profiles, in the environment, and on the
command line; the later of these wins over the earlier, and the default is what holds without any.`;

const keys = `
## Keys

As they are bound without settings; \`${program} keys\` prints those in force. A key is bound in the
table \`[keys]\` of the settings: a chord and an action, or \`"none"\`.

\`\`\`toml
[keys]
ctrl-s = "find"
"alt-." = "next-activity"
ctrl-b = "none"
\`\`\`

A chord is one key with \`ctrl-\`, \`alt-\` and \`shift-\` before it. Terminals send the same byte for some
of them, so that these can't be bound: \`ctrl-i\` is Tab, \`ctrl-m\` Enter, \`ctrl-h\` Backspace, \`ctrl-[\`
Escape; Ctrl-Enter and Shift-Enter are mostly plain Enter; Ctrl with Shift and a letter is Ctrl with
the letter; Ctrl with a digit is nothing. Ctrl-/ is the same as Ctrl-_. Alt goes by its letter's key
while Hangul is typed, too. On a Mac, let the terminal send Option as Alt ("Meta", "Esc+").`;

const settings = `
## Settings

One file in TOML: the one that \`--config\` or \`MARU_CONFIG\` names, else
\`$XDG_CONFIG_HOME/maru/client.toml\`, else \`~/.config/maru/client.toml\`. \`${program} config\` prints a
commented one with every default, \`config --check\` tells what is wrong in yours. What is unknown or
out of bounds stops the start and is named.`;

const themes = `
## Themes

A theme gives each role a look: a colour, \`on\` and a colour behind it, and attributes, in any order.
A colour is \`default\`, one of the sixteen (${colourNames.slice(0, 8).join(", ")}, the same with
\`bright-\`, or 0 to 15), or \`#rrggbb\`. The attributes are ${attributes.join(", ")}. Where a look names
no colour, that of \`text\` holds; where a theme of your own has no look, that of its \`base\`.

\`\`\`toml
theme = "mine"

[themes.mine]
base = "dusk"
text = "#e0e0e0 on #101018"
mention = "bold bright-yellow"
\`\`\``;

export function renderClientPage(): string {
  const root = rootCommand();
  return page([
    generatedNote,
    introduction,
    commandLine,
    ...[root, ...root.commands].flatMap(commandBlocks),
    "## The environment",
    table(
      ["variable", "meaning"],
      environmentVariables.map(({ name, about }) => [name.split(", ").map(code).join(", "), about]),
    ),
    "## Exit codes",
    table(
      ["code", "meaning"],
      Object.values(exitCodes).map((exit) => [code(String(exit.code)), exit.about]),
    ),
    keys,
    ...keyBlocks(),
    settings,
    ...settingBlocks(),
    themes,
    table(
      ["theme", "what it is"],
      Object.entries(builtInThemes).map(([name, { about }]) => [code(name), about]),
    ),
    table(
      ["role", "what it is for"],
      Object.entries(roleNotes).map(([role, about]) => [code(role), about]),
    ),
  ]);
}

/** The tree of commands; the programs are never run. */
function rootCommand(): CommandSpec {
  const idle = async () => "done" as const;
  const command = createCommand({
    name: program,
    programs: { screen: idle, chat: idle, send: idle, tail: idle, inspect: idle },
    environment: loadEnvironment({}),
    texts: { out: () => {}, error: () => {} },
    ended: () => {},
  });
  return describeTree(command);
}

function commandBlocks(command: CommandSpec): string[] {
  const { notes, examples } = commandNotes[command.name] ?? { notes: [], examples: [] };
  const words = command.arguments.map(({ name, about, choices }) => [
    code(name.toUpperCase()),
    choices.length === 0 ? about : `${about}: ${choices.map(code).join(", ")}`,
  ]);
  const flags = command.flags.map((flag) => [
    code(flagText(flag)),
    `${flag.about}${flag.default === null ? "" : ` (${code(flag.default)})`}`,
  ]);
  return [
    `### ${code(`${program} ${callText(command)}`)}`,
    command.about,
    table(["argument or flag", "meaning"], [...words, ...flags]),
    ...notes,
    codeBlock("sh", examples.map((example) => example.replaceAll("%s", program)).join("\n")),
  ];
}

function keyBlocks(): string[] {
  return keyHelp(bindingsOf().bindings).flatMap(({ group, rows }) => [
    `### ${group}`,
    table(
      ["keys", "action", "meaning"],
      rows.map((row) => [row.keys, code(row.action), row.about]),
    ),
  ]);
}

function settingBlocks(): string[] {
  return settingTables
    .filter(({ name }) => name !== "keys")
    .flatMap(({ name, about }) => [
      ...(name === "" ? [] : [`### ${code(`[${name}]`)}`, sentence(about)]),
      table(
        ["key", "values", "default", "meaning"],
        settingRows
          .filter((row) => row.table === name)
          .map((row) => [
            code(row.key),
            row.values,
            row.default === null ? "" : code(row.default),
            row.about,
          ]),
      ),
    ]);
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
