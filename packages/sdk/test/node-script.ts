// The small program that node.test.ts bundles for Node: greets, calls, notifies and reads one event, and
// says on standard output what it saw.

import { connect } from "../src/mod.ts";
import { boardProtocol } from "./board-protocol.ts";

const client = await connect(boardProtocol, {
  url: process.argv[2],
  greeting: async () => ({ token: "node" }),
});
const { cursors } = await client.call("enter", { board: "a" });
const isTold = client.notify("move", { board: "a", x: 1, y: 2 });
for await (const event of client.events()) {
  if (event.type !== "moved") continue;
  process.stdout.write(`${JSON.stringify({ cursors, isTold, name: event.name })}\n`);
  break;
}
await client.close();
