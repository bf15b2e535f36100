// From a terminal's bytes to keys, text, pastes and mouse.

export { pasteBytesMax } from "./input-tokens.ts";
export type { TerminalInput } from "./terminal-input.ts";
export { TerminalStdin, waitsText } from "./terminal-stdin.ts";
export { TtyInput, type TtyInputOptions, waitingBytesMax } from "./tty-input.ts";
