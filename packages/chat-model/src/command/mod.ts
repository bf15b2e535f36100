// The commands that people type.

export { commandHelp, commandNames } from "./help.ts";
export { reactionOf } from "./reaction-of.ts";
export { slashCommands } from "./table.ts";
export { typed } from "./typed.ts";
