// The terminal itself: modes, output, frames drawn.

export { editOutside } from "./edit-outside.ts";
export { leaveModes, noticeWayOf } from "./modes.ts";
export { createTerminal, type TerminalSymbols } from "./opentui-terminal.ts";
export { ownSequenceProblem } from "./own-sequences.ts";
export type { Terminal } from "./terminal.ts";
