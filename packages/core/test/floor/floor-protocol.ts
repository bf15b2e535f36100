// A small group chat that core's tests speak: rooms without names or history, and a few commands
// that bring about what a test wants to see. No part of the product.

import {
  type ClientMessage,
  defineProtocol,
  type Framing,
  lengthPrefixed,
  type ServerMessage,
} from "@maru/protocol";
import * as z from "zod";
import type { EngineLimits } from "../../src/mod.ts";

const room = z.string().max(64);
const text = z.string().max(60_000);
const inRoom = { room, n: z.int() };
const nothing = {};
const doneWith = <const F extends z.ZodRawShape>(fields: F) =>
  ({ in: fields, reply: "done", out: nothing }) as const;

/** The floor in any framing. */
export const floorWith = (framing: Framing) =>
  defineProtocol({
    name: "floor",
    version: 1,
    greeting: "hello",
    framing,
    commands: {
      hello: { in: { name: z.string().max(64) }, reply: "welcome", out: { shard: z.int() } },
      join: { in: { room }, reply: "joined", out: inRoom },
      leave: { in: { room }, reply: "left", out: inRoom },
      say: { in: { room, text }, reply: "said", out: { n: z.int() } },
      /** Pushes `count` events of `bytes` each to who asks, then answers; then ends it, if `andClose`. */
      flood: doneWith({ count: z.int(), bytes: z.int(), andClose: z.boolean() }),
      /** Stays unanswered until a client sends `release`. */
      hold: doneWith({}),
      release: doneWith({}),
      /** Makes the handler throw. */
      fail: doneWith({}),
      nothing: doneWith({ of: z.unknown().optional() }),
    },
    events: {
      message: { room, n: z.int(), from: z.string(), text },
      filler: { n: z.int(), text: z.string() },
      gone: { name: z.string(), code: z.string() },
    },
  });
export const floorProtocol = floorWith(lengthPrefixed);
/** The bounds of a server that speaks it. */
export type FloorLimits = Partial<EngineLimits<FloorCommand["type"]>>;
export type FloorCommand = ClientMessage<typeof floorProtocol>;
export type FloorMessage = ServerMessage<typeof floorProtocol>;
