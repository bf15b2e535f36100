// What both ends of 04-backpressure know: who follows gets every drop, and a pour is answered with figures.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const text = z.string().max(60_000);

export const feed = defineProtocol({
  name: "feed",
  version: 1,
  commands: {
    follow: { in: {}, reply: "following", out: {} },
    pour: {
      in: { text, isLast: z.boolean() },
      reply: "poured",
      out: {
        n: z.int(),
        followers: z.int(),
        /** Frames that were given to connections. */
        deliveries: z.int(),
        /** Writes of which the kernel took a part only: a reader is behind. */
        writesShort: z.int(),
        /** Readers that were cut. */
        cut: z.int(),
      },
    },
  },
  events: { drop: { n: z.int(), text, isLast: z.boolean() } },
});
