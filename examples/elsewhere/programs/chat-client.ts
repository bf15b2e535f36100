// A stranger's program under Node: a client of the chat, and messages of its own. Says on standard
// output what it saw.

import { type ChatClient, connectChat } from "@maru/sdk/chat";
import { decodedBy } from "./own-protocol.ts";

const client: ChatClient = await connectChat({ url: process.argv[2], nick: "stranger" });
const { head } = await client.join("lobby");
const { seq } = await client.send("lobby", "안녕, 마루");
for await (const event of client.events()) {
  if (event.type !== "message") continue;
  const own = decodedBy('{"type":"say","id":1,"text":"mine"}');
  process.stdout.write(`${JSON.stringify({ head, seq, text: event.text, own })}\n`);
  break;
}
await client.close();
