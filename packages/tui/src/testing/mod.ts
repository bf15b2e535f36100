// Terminals for tests: one in memory that OpenTUI draws on, and one that reads what was written.

export { plainStyle, plainTheme } from "./plain-theme.ts";
export { type Said, TerminalEmulator } from "./terminal-emulator.ts";
export { createTestTerminal, type SeenSpan, type TestTerminal } from "./test-terminal.ts";
