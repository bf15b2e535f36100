// What echo speaks: one command, one reply.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const text = z.string().max(8192);

export const echoProtocol = defineProtocol({
  name: "echo",
  version: 1,
  commands: { say: { in: { text }, reply: "said", out: { text } } },
});
