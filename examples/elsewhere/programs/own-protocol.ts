// A stranger's protocol: its messages, and what one of them is decoded to.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const protocol = defineProtocol({
  name: "own",
  version: 1,
  commands: {
    say: { in: { text: z.string().max(8192) }, reply: "said", out: { text: z.string() } },
  },
});

/** What is said, or why it is not heard. */
export function decodedBy(payload: string): string {
  const decoded = protocol.client.decode(new TextEncoder().encode(payload));
  if (!decoded.ok) return decoded.fault.code;
  return decoded.message.type === "say" ? decoded.message.text : decoded.message.type;
}
