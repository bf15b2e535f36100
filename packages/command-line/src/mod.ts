// What every program with a command line has beside its own flags: an end after help and mistakes,
// numbers read from words, notes below the help, completions for shells, a man page.

export { type CommandNotes, listHelp, notesHelp } from "./command-notes.ts";
export {
  type ArgumentSpec,
  type CommandSpec,
  callText,
  describeTree,
  type FlagSpec,
  type FlagWords,
  flagText,
} from "./command-tree.ts";
export { completions, type Shell, shells } from "./completions.ts";
export { type ManPage, manPage, type NotesByCommand } from "./man-page.ts";
export { createProgram, exitCodeOf, UsageError, usageCode } from "./program.ts";
export { count, seconds, waitSecondsMax, wholeNumber, wholeNumberWithin } from "./read-numbers.ts";
export { escapeRoff, heading, paragraph, subheading, tagged, verbatim } from "./roff.ts";
export { addShellCommands, type ShellCommands } from "./shell-commands.ts";
