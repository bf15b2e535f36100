// A stranger's page: a client of a protocol of its own, over WebSocket.

import { defineProtocol } from "@maru/protocol";
import { connect } from "@maru/sdk";
import * as z from "zod";

const text = z.string().max(8192);
const protocol = defineProtocol({
  name: "own",
  version: 1,
  commands: { say: { in: { text }, reply: "said", out: { text } } },
});

export async function echoed(url: string, said: string): Promise<string> {
  await using client = await connect(protocol, { url });
  const reply = await client.call("say", { text: said });
  return reply.text;
}
