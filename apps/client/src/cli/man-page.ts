// The man page, made from the command line as data, the exit codes, the keys and the settings. Pure;
// the same for the same sources, on every machine.

import manifest from "../../package.json" with { type: "json" };
import { bindingsOf } from "../screen/keys/bindings.ts";
import { keyHelp } from "../screen/keys/key-help.ts";
import { environmentVariables } from "../settings/load-config.ts";
import { settingRows, settingTables } from "../settings/setting-list.ts";
import type { CommandNotes } from "./command-notes.ts";
import { type CommandSpec, callText, flagText } from "./command-tree.ts";
import { exitCodes } from "./exit-codes.ts";
import { heading, paragraph, subheading, tagged, verbatim } from "./roff.ts";

type Notes = Readonly<Record<string, CommandNotes>>;

export function manPage(name: string, root: CommandSpec, notes: Notes): string {
  const title = name.toUpperCase().replaceAll("-", "\\-");
  return [
    `.TH "${title}" "1" "" "Maru ${manifest.version}" "User Commands"`,
    heading("Name"),
    `${name.replaceAll("-", "\\-")} \\- a chat client for the terminal`,
    heading("Synopsis"),
    verbatim([root, ...root.commands].map((command) => `${name} ${callText(command)}`)),
    heading("Description"),
    paragraph(root.about),
    paragraph(
      `\`${name}\` stands for whatever starts the client: \`bun run client\` in its repository.`,
    ),
    ...(notes[""]?.notes ?? []).map(paragraph),
    heading("Options"),
    ...flagParts(root),
    heading("Commands"),
    ...root.commands.flatMap((command) => commandParts(command, notes)),
    heading("Keys"),
    paragraph("As they are without settings; `keys` prints those in force."),
    ...keyParts(),
    heading("Settings"),
    paragraph("TOML. `config` prints a commented file with every default."),
    ...settingParts(),
    heading("Environment"),
    ...environmentVariables.map((variable) => tagged(variable.name, variable.about)),
    heading("Files"),
    tagged("~/.config/maru/client.toml", "the settings"),
    tagged("~/.local/state/maru/", "drafts, history, and what could not be sent yet"),
    heading("Exit status"),
    ...Object.values(exitCodes).map(({ code, about }) => tagged(String(code), about)),
    heading("Examples"),
    verbatim(
      Object.values(notes).flatMap(({ examples }) =>
        examples.map((example) => example.replaceAll("%s", name)),
      ),
    ),
    "",
  ].join("\n");
}

function commandParts(command: CommandSpec, notes: Notes): string[] {
  return [
    subheading(callText(command)),
    paragraph(command.about),
    ...(notes[command.name]?.notes ?? []).map(paragraph),
    ...command.arguments.map((argument) => {
      const { choices } = argument;
      const listed = choices.length === 0 ? "" : `: ${choices.join(", ")}`;
      return tagged(argument.name.toUpperCase(), `${argument.about}${listed}`);
    }),
    ...flagParts(command),
  ];
}

function flagParts(command: CommandSpec): string[] {
  return command.flags.map((flag) =>
    tagged(flagText(flag), `${flag.about}${flag.default === null ? "" : ` (${flag.default})`}`),
  );
}

function keyParts(): string[] {
  return keyHelp(bindingsOf().bindings).flatMap(({ group, rows }) => [
    subheading(group),
    ...rows.map(({ keys, action, about }) =>
      tagged(keys === "" ? "(no key)" : keys, `${about} (\`${action}\`)`),
    ),
  ]);
}

function settingParts(): string[] {
  return settingTables.flatMap(({ name, about }) => [
    ...(name === "" ? [] : [subheading(`[${name}]`), paragraph(about)]),
    ...settingRows
      .filter(({ table }) => table === name)
      .map((row) => {
        const standard = row.default === null ? "" : `; default ${row.default}`;
        return tagged(row.key, `${row.about} (${row.values}${standard})`);
      }),
  ]);
}
