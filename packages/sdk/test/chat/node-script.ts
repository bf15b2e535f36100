// The small program that node.test.ts bundles for Node: connects, joins, sends, reads one message,
// and says on standard output what it saw.

import { connectChat } from "../../src/chat/mod.ts";

const client = await connectChat({ url: process.argv[2], nick: "node", client: "script/1" });
const { head } = await client.join("lobby");
const { seq } = await client.send("lobby", "안녕, 마루");
for await (const event of client.events()) {
  if (event.type !== "message") continue;
  process.stdout.write(`${JSON.stringify({ head, seq, text: event.text, from: event.from })}\n`);
  break;
}
await client.close();
