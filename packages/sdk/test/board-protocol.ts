// A protocol of a stranger: what the tests of the client for any protocol speak.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const board = z.string().max(8);
const cursor = { board, x: z.int(), y: z.int() };

export const boardProtocol = defineProtocol({
  name: "cursor-board",
  version: 1,
  greeting: "hello",
  commands: {
    hello: { in: { token: z.string() }, reply: "welcome", out: { name: z.string() } },
    enter: { in: { board }, reply: "entered", out: { cursors: z.array(z.object(cursor)) } },
    clear: { in: { board, key: z.string() }, reply: "cleared", out: {} },
  },
  notices: { move: cursor },
  events: { moved: { ...cursor, name: z.string() }, answered: { re: z.int() } },
});
export type Board = (typeof boardProtocol)["definition"];

/** The same without a greeting. */
export const openProtocol = defineProtocol({
  name: "open-board",
  version: 1,
  commands: { enter: { in: { board }, reply: "entered", out: {} } },
});
