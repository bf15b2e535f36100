// The client's process: puts the programs together with the real terminal, runs what the command
// line asks for, and ends with its exit code.

import { runCommandLine } from "./cli/command-line.ts";
import { loadEnvironment } from "./config/load-config.ts";
import { processIo } from "./io/io.ts";
import { runChat } from "./run/chat.ts";
import { runSend } from "./run/send.ts";
import { runTail } from "./run/tail.ts";

const io = processIo();
const code = await runCommandLine(
  process.argv.slice(2),
  {
    screen: async (run) => {
      const { isDumb } = run.environment;
      if (io.stdin.isTTY !== true || !io.stdout.isTerminal || isDumb) return runChat(run, io);
      // Only who wants the screen waits for the library that draws it.
      const { runScreen } = await import("./run/screen.ts");
      return runScreen(run, io);
    },
    chat: (run) => runChat(run, io),
    send: (run) => runSend(run, io),
    tail: (run) => runTail(run, io),
  },
  loadEnvironment(),
  { out: (text) => io.stdout.write(text), error: (text) => io.stderr.write(text) },
);
await Promise.all([io.stdout.flushed(), io.stderr.flushed()]);
process.exit(code);
