// examples/hello/main.ts: says back what it is told.

import { print, serve, startServer, stopAtSignals } from "@maru/core";
import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const text = z.string().max(8192);
const hello = defineProtocol({
  name: "hello",
  version: 1,
  commands: { say: { in: { text }, reply: "said", out: { text } } },
});

const usage = "usage: bun run hello [PORT]   (8080; 0 picks a free one)\n";
const [port = "8080", ...more] = process.argv.slice(2);
if (port === "--help") {
  print(usage);
  process.exit(0);
}

function giveUp(problem: string, exitCode: number): never {
  process.stderr.write(`${problem}\n${usage}`);
  process.exit(exitCode);
}
if (more.length > 0 || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
  giveUp("one argument, a port from 0 to 65535", 2);
}

const server = await startServer({
  listen: { port: Number(port) },
  service: serve(hello, () => ({
    commands: { say: (_peer, { text }) => ({ text }) },
  })),
}).catch((error: Error) => giveUp(error.message, 1));
stopAtSignals(server);
print(`listening on ${server.hostname}:${server.port}\n`);
