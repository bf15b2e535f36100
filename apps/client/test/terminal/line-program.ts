// A program of a few lines that reads lines of the terminal as the chat in lines does: it is busy until
// a test writes to the pipe that it is given, then says each line in quotes. Not a test.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { TerminalStdin } from "@maru/tui/input";

const pipe = process.argv[2] ?? "";
const input = new TerminalStdin(process.stdin, () => process.stdout.write("full\n"));
const editor = createInterface({ input, output: process.stdout, terminal: true });
editor.on("line", (line) => {
  process.stdout.write(`"${line}"\n`);
  if (line === "end") process.exit(0);
});
setImmediate(() => {
  process.stdout.write("busy\n");
  readFileSync(pipe);
});
