// What the server answers: one tolerant schema a reply. `re` is the id of the command it answers.

import { z } from "zod";
import { RequestId } from "../system-messages.ts";
import { Seq } from "./commands.ts";
import { Entry } from "./events.ts";

const re = RequestId.describe("the id of the command that this answers");

export const Durability = z.enum(["memory", "os", "fsync", "replicated"]);
export type Durability = z.infer<typeof Durability>;

/** The bounds that concern a client. */
export const Limits = z.object({
  frameBytes: z.int().describe("payload bytes of one frame"),
  textBytes: z.int().describe("UTF-8 bytes of one text"),
  inflight: z.int().describe("commands unanswered at a time; more are read later"),
  sendRate: z.number().describe("messages per second in the long run; 0 = no limit"),
  sendBurst: z.int().describe("messages at once before sendRate applies"),
  roomsPerSession: z.int().describe("rooms joined at a time"),
  historyPage: z.int().describe("entries of one page"),
});
export type Limits = z.infer<typeof Limits>;

export const Welcome = z.object({
  type: z.literal("welcome"),
  re,
  version: z.int(),
  server: z.string().describe("name and version of the server"),
  nick: z.string().describe("the nick you have"),
  session: z.string().describe("secret; give it as `resume` to take the nick back"),
  time: z.int().describe("the server's clock, milliseconds since 1970"),
  durability: Durability.describe("what `sent` promises"),
  heartbeatMs: z.int().describe("send something at least so often, in milliseconds"),
  limits: Limits,
});

export const Joined = z.object({
  type: z.literal("joined"),
  re,
  room: z.string().describe("the room's name as it is written"),
  epoch: z.string().describe("changes when the room's seqs start anew"),
  head: Seq.describe("the newest seq; 0 in a room without entries"),
  topic: z.string(),
  memberCount: z.int(),
  members: z.array(z.string()).describe("nicks; left out beyond the first ones in large rooms"),
  recovered: z.boolean().describe("true: all that came after `after` follows as events"),
});

export const Left = z.object({ type: z.literal("left"), re, room: z.string() });

export const Sent = z.object({
  type: z.literal("sent"),
  re,
  room: z.string(),
  seq: Seq,
  at: z.int(),
  duplicate: z.boolean().describe("true: this cid was stored before; the seq is that one's"),
});

export const Renamed = z.object({ type: z.literal("renamed"), re, nick: z.string() });

export const Members = z.object({
  type: z.literal("members"),
  re,
  room: z.string(),
  members: z.array(z.string()),
  more: z.boolean(),
});

export const Directory = z.object({
  type: z.literal("directory"),
  re,
  rooms: z.array(z.object({ room: z.string(), topic: z.string(), memberCount: z.int() })),
  more: z.boolean(),
});

export const Page = z.object({
  type: z.literal("page"),
  re,
  entries: z.array(Entry).describe("oldest first"),
  more: z.boolean(),
});

export const Pong = z.object({ type: z.literal("pong"), re });

export const replySchemas = [
  Welcome,
  Joined,
  Left,
  Sent,
  Renamed,
  Members,
  Directory,
  Page,
  Pong,
] as const;
export type Reply = z.infer<(typeof replySchemas)[number]>;
export type ReplyType = Reply["type"];
export type ReplyOf<T extends ReplyType> = Extract<Reply, { type: T }>;
