// What echo speaks: one command, one reply.

import { defineProtocol, RequestId } from "@maru/protocol";
import * as z from "zod";

const Say = z.strictObject({ type: z.literal("say"), id: RequestId, text: z.string().max(8192) });
const Said = z.object({ type: z.literal("said"), re: RequestId, text: z.string() });

export const echoProtocol = defineProtocol({
  name: "echo",
  version: 1,
  client: [Say],
  server: [Said],
});
