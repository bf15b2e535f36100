// What both ends of 05-workers know: one command whose answer takes long to compute.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

export const counting = defineProtocol({
  name: "counting",
  version: 1,
  commands: {
    primes: {
      in: { below: z.int().min(0).max(10_000_000) },
      reply: "counted",
      out: { primes: z.int() },
    },
  },
});
