// The client's process: puts the programs together with the real terminal, runs what the command
// line asks for, and ends with its exit code.

import { TtyInput } from "@maru/tui/input";
import { processIo } from "@maru/tui/io";
import { runCommandLine } from "./cli/command-line.ts";
import { runChat } from "./modes/lines/chat.ts";
import { runSend } from "./modes/send/send.ts";
import { outputCode } from "./modes/session/output-code.ts";
import { say } from "./modes/session/say.ts";
import { runTail } from "./modes/tail/tail.ts";
import { loadEnvironment } from "./settings/load-config.ts";

const io = processIo();

/** The library that draws has no part for this system, or can't use this terminal. */
function noScreen(error: unknown): null {
  const reason = error instanceof Error ? error.message : String(error);
  say(io.stderr, `no full screen here, so lines (--plain): ${reason}`);
  return null;
}

const code = await runCommandLine(
  process.argv.slice(2),
  {
    screen: async (run) => {
      const { isDumb } = run.environment;
      if (io.stdin.isTTY !== true || !io.stdout.isTerminal || isDumb) return runChat(run, io);
      // What is typed while the screen comes up is kept, and its Enter an Enter.
      const input = new TtyInput(io.stdin);
      input.take();
      // Only who wants the screen waits for the library that draws it.
      const screen = await import("./modes/screen/screen.ts").catch(noScreen);
      const ending = await screen?.runScreen(run, io, noScreen, input);
      input.close();
      return ending ?? runChat(run, io);
    },
    chat: (run) => runChat(run, io),
    send: (run) => runSend(run, io),
    tail: (run) => runTail(run, io),
    inspect: async (run) => (await import("./modes/inspect/inspect.ts")).runInspect(run, io),
  },
  loadEnvironment(),
  { out: (text) => io.stdout.write(text), error: (text) => io.stderr.write(text) },
);
process.exit(await outputCode(code, io));
