// The text of /help, made from the table of commands. Pure.

import { slashCommands } from "./table.ts";

const help = { name: "help", usage: "[COMMAND]", about: "this, or one command" };

/** Every command as it is typed, and what it does. */
export const commandHelp = [...slashCommands, help].map(({ name, usage, about }) => ({
  name,
  call: `/${name} ${usage}`.trimEnd(),
  about,
}));
const closing = [
  "SEQ is the number of a message: /last and /search show them; on the full screen, the status",
  "line shows that of the selected message.",
  "//text says a line that begins with a slash.",
  "Ctrl-C clears the line; on an empty one it offers to leave. Ctrl-D on an empty one leaves.",
];
const width = Math.max(...commandHelp.map(({ call }) => call.length));

/** Names that can follow a slash, for completion. */
export const commandNames: readonly string[] = commandHelp.map(({ name }) => name);

/** Help on one command, or on all for ""; null when there is none of this name. */
export function helpText(command: string): string | null {
  const name = command.replace(/^\//, "").toLowerCase();
  const wanted = commandHelp.filter((row) => name === "" || row.name === name);
  if (wanted.length === 0) return null;
  const lines = wanted.map(({ call, about }) => `${call.padEnd(width)}  ${about}`);
  if (name === "") lines.push(...closing);
  return lines.join("\n");
}
