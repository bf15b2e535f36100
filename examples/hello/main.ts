// examples/hello/main.ts: says back what it is told.

import { startServer } from "@maru/core";
import { defineProtocol, RequestId } from "@maru/protocol";
import { z } from "zod";

const Say = z.strictObject({ type: z.literal("say"), id: RequestId, text: z.string().max(8192) });
const Said = z.object({ type: z.literal("said"), re: RequestId, text: z.string() });
const hello = defineProtocol({ name: "hello", version: 1, client: [Say], server: [Said] });

const server = await startServer({
  protocol: hello,
  listen: { port: Number(process.argv[2] ?? 8080) },
  service: (port) => ({
    open() {},
    message(session, { id, text }) {
      port.reply(session, { type: "said", re: id, text });
    },
    close() {},
  }),
});
process.stdout.write(`listening on ${server.hostname}:${server.port}\n`);
