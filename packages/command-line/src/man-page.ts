// A man page, made from a command line as data and what the program says of itself. Pure; the same for
// the same sources, on every machine.

import type { CommandNotes } from "./command-notes.ts";
import { type CommandSpec, callText, flagText } from "./command-tree.ts";
import { heading, paragraph, subheading, tagged, verbatim } from "./roff.ts";

/** Notes by command; "" is the root's. Their order is that of the examples. */
export type NotesByCommand = Readonly<Record<string, CommandNotes>>;

export interface ManPage {
  /** The command, as it is typed: letters, digits, `-` and `_`. */
  readonly name: string;
  /** "Maru 0.1.0" */
  readonly version: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly root: CommandSpec;
  /** Behind the first paragraph of the description. */
  readonly description: readonly string[];
  readonly notes: NotesByCommand;
  /** Between the commands and the exit status, in roff. */
  readonly sections: readonly string[];
  readonly exitCodes: readonly { readonly code: number; readonly about: string }[];
}

export function manPage(page: ManPage): string {
  const { name, version, root, notes } = page;
  const title = name.toUpperCase().replaceAll("-", "\\-");
  return [
    `.TH "${title}" "1" "" "${version}" "User Commands"`,
    heading("Name"),
    `${name.replaceAll("-", "\\-")} \\- ${page.title}`,
    heading("Synopsis"),
    verbatim([root, ...root.commands].map((command) => `${name} ${callText(command)}`)),
    heading("Description"),
    paragraph(root.about),
    ...page.description.map(paragraph),
    ...(notes[""]?.notes ?? []).map(paragraph),
    heading("Options"),
    ...flagParts(root),
    heading("Commands"),
    ...root.commands.flatMap((command) => commandParts(command, notes)),
    ...page.sections,
    heading("Exit status"),
    ...page.exitCodes.map(({ code, about }) => tagged(String(code), about)),
    heading("Examples"),
    verbatim(
      Object.values(notes).flatMap(({ examples }) =>
        examples.map((example) => example.replaceAll("%s", name)),
      ),
    ),
    "",
  ].join("\n");
}

function commandParts(command: CommandSpec, notes: NotesByCommand): string[] {
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
