// The client of 09-bot: what it has to send is on disk before it is first sent, and goes from there when
// all of it is answered.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createProgram, wholeNumber, wholeNumberWithin } from "@maru/command-line";
import { print } from "@maru/core";
import { type CommandBody, connect, type MaruError } from "@maru/sdk";
import { ledger } from "./protocol.ts";

const program = createProgram("bun examples/09-bot/bot.ts", print)
  .argument("[FILE]", "where the unsent is kept", "unsent.json")
  .option("--port <PORT>", "where the server is", wholeNumberWithin(1, 65_535), 8080)
  .option("--deposits <N>", "how many to make", wholeNumber, 100)
  .parse();
const { port, deposits } = program.opts<{ port: number; deposits: number }>();
const [path] = program.processedArgs as [string];

const client = await connect(ledger, {
  port,
  retryFirst: true,
  reconnect: { minMs: 50, maxMs: 2_000 },
  eventsBuffered: 0,
  onState: (state) => {
    if (state.phase === "waiting") print(`waiting: ${state.reason.code}\n`);
  },
});

/** Whole or not at all: a bot that is killed meanwhile finds what stood there before. */
function keep(commands: readonly CommandBody[]): void {
  writeFileSync(`${path}.new`, JSON.stringify(commands));
  renameSync(`${path}.new`, path);
}

const left: CommandBody[] = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
const fresh = Array.from({ length: deposits }, () => {
  return { type: "deposit", key: crypto.randomUUID(), amount: 1 };
});
const all = [...left, ...fresh];
keep(all);

let again = 0;
const fail = (error: MaruError) => process.stderr.write(`${error.message}\n`);
for (const command of all) {
  client.request(command, { outbox: true }).then((reply) => {
    if ("again" in reply && reply.again) again += 1;
  }, fail);
}
await client.drained();
keep(client.unsent());
print(`answered ${all.length}, ${again} of them recorded before\n`);
await client.close();
