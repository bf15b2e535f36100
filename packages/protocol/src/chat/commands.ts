// What a client may ask: one strict schema a command. Unknown keys are an error here.
// Form only (types, sizes, characters); what needs state is the hub's to judge.

import { z } from "zod";
import { RequestId } from "../system-messages.ts";
import { linePattern, textBytesMax, textPattern, topicBytesMax } from "./text.ts";

/** A seq: strictly increasing in a room and epoch, never reused, not necessarily dense. */
export const Seq = z.int().min(0);

const id = RequestId.describe("your number for this command; the reply carries it as `re`");
/** One line of what has a form in UTF-8: unpaired surrogates would be stored as one another. */
const line = (charsMax: number) => z.string().max(charsMax).regex(linePattern);
/** Loose on purpose: the hub names what is wrong with a name better than a pattern can. */
const Name = line(256).min(1);
const RoomName = Name.describe("a room, or `@a+b` for two people");
const Nick = Name.describe("1–32 graphemes of letters, digits, - _ .");

export const Hello = z
  .strictObject({
    type: z.literal("hello"),
    id,
    versions: z.array(z.int().min(1)).min(1).max(16).describe("protocol versions you speak"),
    client: line(64).min(1).describe("name and version of your program"),
    nick: Nick.optional().describe("without one, the server picks a guest name"),
    resume: line(128).min(1).optional().describe("`session` of an earlier welcome"),
  })
  .describe("Greets the server: the first message of a connection.");

export const Join = z
  .strictObject({
    type: z.literal("join"),
    id,
    room: RoomName,
    after: Seq.optional().describe("replay what came after this seq"),
    epoch: line(64).min(1).optional().describe("the epoch that `after` belongs to"),
  })
  .describe("Enters a room, and hears what is said in it from then on.");

export const Leave = z
  .strictObject({ type: z.literal("leave"), id, room: RoomName })
  .describe("Leaves a room.");

export const Send = z
  .strictObject({
    type: z.literal("send"),
    id,
    room: RoomName,
    text: z
      .string()
      .min(1)
      .max(textBytesMax)
      .regex(textPattern)
      .describe(`1–${textBytesMax} bytes of UTF-8`),
    cid: line(64).min(1).optional().describe("your id: the same cid, the same seq"),
    replyTo: Seq.min(1).optional().describe("seq of the message this one answers"),
    action: z.literal(true).optional().describe("`/me`: the text is what the sender does"),
  })
  .describe("Says something in a room.");

export const Nickname = z
  .strictObject({ type: z.literal("nick"), id, nick: Nick })
  .describe("Takes another nick.");

export const Topic = z
  .strictObject({
    type: z.literal("topic"),
    id,
    room: RoomName,
    topic: line(topicBytesMax).describe(
      `one line, up to ${topicBytesMax} bytes of UTF-8; empty to clear it`,
    ),
  })
  .describe("Sets what a room is about.");

export const Who = z
  .strictObject({
    type: z.literal("who"),
    id,
    room: RoomName,
    after: line(256).optional().describe("the last nick of the page before"),
  })
  .describe("Asks who is in a room, a page at a time.");

export const Rooms = z
  .strictObject({
    type: z.literal("rooms"),
    id,
    after: line(256).optional().describe("the last room of the page before"),
  })
  .describe("Asks which rooms there are, a page at a time.");

export const History = z
  .strictObject({
    type: z.literal("history"),
    id,
    room: RoomName,
    before: Seq.optional().describe(
      "entries older than this seq, the newest of them; not with `after`",
    ),
    after: Seq.optional().describe(
      "entries newer than this seq, the oldest of them; not with `before`",
    ),
    limit: z.int().min(1).max(1000).describe("entries wanted; the server may give fewer"),
  })
  .describe("Fetches what a room's log holds: the newest entries, or those beside a seq.");

export const Ping = z
  .strictObject({ type: z.literal("ping"), id })
  .describe("Keeps the connection alive, and measures it.");

export const commandSchemas = [
  Hello,
  Join,
  Leave,
  Send,
  Nickname,
  Topic,
  Who,
  Rooms,
  History,
  Ping,
] as const;
export type Command = z.infer<(typeof commandSchemas)[number]>;
export type CommandType = Command["type"];
/** The command of one type: `CommandOf<"send">`. */
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;
