// What both ends of 03-broadcast know: names, rooms and lines of text without control characters,
// since a stranger's text must not steer the terminal that it is printed on.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";

const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u);
const name = line(32);
const room = line(32);
const text = line(1024);

export const talk = defineProtocol({
  name: "talk",
  version: 1,
  greeting: "hello",
  commands: {
    hello: { in: { name }, reply: "welcome", out: {} },
    join: { in: { room }, reply: "joined", out: { names: z.array(name) } },
    say: { in: { room, text }, reply: "heard", out: { by: z.int() } },
  },
  events: { came: { room, name }, said: { room, name, text }, left: { room, name } },
});
