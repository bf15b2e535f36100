// A terminal and a clock for tests.

export { createTestTerminal } from "./test-terminal.ts";
