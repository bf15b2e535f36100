// The client's man page: its keys, settings, environment and files beside its command line. Pure.

import {
  type CommandSpec,
  heading,
  manPage as makeManPage,
  type NotesByCommand,
  paragraph,
  subheading,
  tagged,
} from "@maru/command-line";
import manifest from "../../package.json" with { type: "json" };
import { bindingsOf } from "../screen/keys/bindings.ts";
import { keyHelp } from "../screen/keys/key-help.ts";
import { environmentVariables } from "../settings/load-config.ts";
import { settingRows, settingTables } from "../settings/setting-list.ts";
import { exitCodes } from "./exit-codes.ts";

export function manPage(name: string, root: CommandSpec, notes: NotesByCommand): string {
  return makeManPage({
    name,
    version: `Maru ${manifest.version}`,
    title: "a chat client for the terminal",
    root,
    description: [
      `\`${name}\` stands for whatever starts the client: \`bun run client\` in its repository.`,
    ],
    notes,
    sections: [
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
    ],
    exitCodes: Object.values(exitCodes),
  });
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
