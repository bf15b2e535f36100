// What a board speaks: a greeting with a token, one command with its reply, one notice, two events.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const board = z.string().min(1).max(32);
const name = z.string().min(1).max(32);
const place = { board, x: z.number().min(0).max(1), y: z.number().min(0).max(1) };

export const boardProtocol = defineProtocol({
  name: "cursor-board",
  version: 1,
  greeting: "hello",
  commands: {
    hello: { in: { token: z.string().max(128) }, reply: "welcome", out: { name } },
    enter: { in: { board }, reply: "entered", out: { names: z.array(name) } },
  },
  notices: { move: place },
  events: { moved: { ...place, name }, gone: { board, name } },
});
