// The commands that people type.

export { commandHelp, commandNames } from "./help.ts";
export { isCommand } from "./is-command.ts";
export { reactionOf } from "./reaction-of.ts";
export { runTyped } from "./run-typed.ts";
export { slashCommands } from "./table.ts";
