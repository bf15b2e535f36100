// 09 Bot: a client that survives the end of its server, and its own.
// Teaches: after a lost connection no one can know whether a command was done. So it gets a key before
// it is first sent, is sent again until it is answered, and the server counts each key once, on disk.
// In place of: the chapter's client, which ends when read() returns 0, and of the retry around it that
// deposits twice whenever the server died between doing and answering.

import * as fs from "node:fs";
import { createProgram, wholeNumber, wholeNumberWithin } from "@maru/command-line";
import { print, serve, startServer, stopAtSignals } from "@maru/core";
import { ledger } from "./protocol.ts";

const program = createProgram("bun examples/09-bot/server.ts", print)
  .argument("[FILE]", "where the deposits are kept", "deposits.txt")
  .option("--port <PORT>", "0 picks a free one", wholeNumberWithin(0, 65_535), 8080)
  .option("--crash-at <N>", "die with N deposits kept, before the answer; 0: never", wholeNumber, 0)
  .parse();
const { port, crashAt } = program.opts<{ port: number; crashAt: number }>();
const [path] = program.processedArgs as [string];

// A line for each deposit. A last line that a crash left unfinished was never answered, and goes.
const kept = fs.existsSync(path) ? fs.readFileSync(path, "latin1") : "";
const whole = kept.slice(0, kept.lastIndexOf("\n") + 1);
const amounts = new Map<string, number>();
for (const [, key = "", amount] of whole.matchAll(/(.+) (\d+)\n/g))
  amounts.set(key, Number(amount));
let total = amounts.values().reduce((sum, amount) => sum + amount, 0);
const file = fs.openSync(path, "a");
fs.ftruncateSync(file, whole.length);

const service = serve(ledger, () => ({
  commands: {
    deposit(_peer, { key, amount }) {
      if (amounts.has(key)) return { total, again: true };
      fs.appendFileSync(file, `${key} ${amount}\n`);
      fs.fsyncSync(file);
      amounts.set(key, amount);
      total += amount;
      if (amounts.size === crashAt) process.kill(process.pid, "SIGKILL");
      return { total, again: false };
    },
  },
  stopped: () => fs.closeSync(file),
}));

const server = await startServer({ service, listen: { port } });
stopAtSignals(server);
print(`listening on ${server.hostname}:${server.port}\n`);

// Exercise: the deposits come from elsewhere, as HTTP requests that are sent again when no 2xx answers
// them in time. Let the bot take them: what may it answer, when, and where does the key come from?
