// What both ends of 09-bot know: a deposit has a key of its own, under which it counts once.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

export const ledger = defineProtocol({
  name: "ledger",
  version: 1,
  commands: {
    deposit: {
      in: { key: z.uuid(), amount: z.int().min(1) },
      reply: "recorded",
      /** `again`: that key was recorded before, and has changed nothing now. */
      out: { total: z.int(), again: z.boolean() },
    },
  },
});
