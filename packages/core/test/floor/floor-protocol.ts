// A small group chat that core's tests speak: rooms without names or history, and a few commands
// that bring about what a test wants to see. No part of the product.

import {
  type ClientMessage,
  defineProtocol,
  type Framing,
  lengthPrefixed,
  RequestId,
  type ServerMessage,
} from "@maru/protocol";
import * as z from "zod";

const id = RequestId;
const re = RequestId;
const room = z.string().max(64);
const text = z.string().max(60_000);

const Hello = z.strictObject({ type: z.literal("hello"), id, name: z.string().max(64) });
const Join = z.strictObject({ type: z.literal("join"), id, room });
const Leave = z.strictObject({ type: z.literal("leave"), id, room });
const Say = z.strictObject({ type: z.literal("say"), id, room, text });
/** Pushes `count` events of `bytes` each to who asks, then answers; then ends it, if `andClose`. */
const Flood = z.strictObject({
  type: z.literal("flood"),
  id,
  count: z.int(),
  bytes: z.int(),
  andClose: z.boolean(),
});
/** Stays unanswered until a client sends `release`. */
const Hold = z.strictObject({ type: z.literal("hold"), id });
const Release = z.strictObject({ type: z.literal("release"), id });
/** Makes the handler throw. */
const Fail = z.strictObject({ type: z.literal("fail"), id });
const Nothing = z.strictObject({ type: z.literal("nothing"), id, of: z.unknown().optional() });

const Welcome = z.object({ type: z.literal("welcome"), re, shard: z.int() });
const Joined = z.object({ type: z.literal("joined"), re, room, n: z.int() });
const Left = z.object({ type: z.literal("left"), re, room, n: z.int() });
const Said = z.object({ type: z.literal("said"), re, n: z.int() });
const Done = z.object({ type: z.literal("done"), re });
const Message = z.object({
  type: z.literal("message"),
  room,
  n: z.int(),
  from: z.string(),
  text,
});
const Filler = z.object({ type: z.literal("filler"), n: z.int(), text: z.string() });
const Gone = z.object({ type: z.literal("gone"), name: z.string(), code: z.string() });

/** The floor in any framing. */
export const floorWith = (framing: Framing) =>
  defineProtocol({
    name: "floor",
    version: 1,
    greeting: "hello",
    framing,
    client: [Hello, Join, Leave, Say, Flood, Hold, Release, Fail, Nothing],
    server: [Welcome, Joined, Left, Said, Done, Message, Filler, Gone],
  });
export const floorProtocol = floorWith(lengthPrefixed);
export type FloorCommand = ClientMessage<typeof floorProtocol>;
export type FloorMessage = ServerMessage<typeof floorProtocol>;
