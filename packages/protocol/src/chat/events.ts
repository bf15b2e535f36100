// What the server pushes. Tolerant schemas: a client drops keys and events that it does not know.
// An entry is an event that stands in a room's log; the others are of the moment.

import { z } from "zod";
import { Seq } from "./commands.ts";

const stamp = {
  room: z.string().describe("the room's name as it is written"),
  seq: Seq.describe("the entry's place in the room"),
  at: z.int().describe("the server's clock, milliseconds since 1970; order by seq, not by this"),
  from: z.string().describe("nick of who did it"),
};

export const MessageEvent = z
  .object({
    type: z.literal("message"),
    ...stamp,
    text: z.string().describe("what was said"),
    replyTo: Seq.optional().describe("seq of the message that this one answers"),
    action: z.literal(true).optional().describe("`/me`: the text is what the sender does"),
  })
  .describe("Something was said: the same bytes for every member, the sender included.");

export const TopicEvent = z
  .object({
    type: z.literal("topic"),
    ...stamp,
    topic: z.string().describe("the new topic; empty when it was cleared"),
  })
  .describe("A room's topic was set.");

/** What a room's log holds, in order. */
export const Entry = z.discriminatedUnion("type", [MessageEvent, TopicEvent]);
export type Entry = z.infer<typeof Entry>;

export const PresenceEvent = z
  .object({
    type: z.literal("presence"),
    room: z.string().describe("the room's name as it is written"),
    memberCount: z.int().min(0).describe("members now"),
    joined: z.array(z.string()).optional().describe("nicks; left out in large rooms"),
    left: z.array(z.string()).optional().describe("nicks; left out in large rooms"),
    renamed: z
      .array(
        z.object({
          from: z.string().describe("the old nick"),
          to: z.string().describe("the new one"),
        }),
      )
      .optional()
      .describe("who took another nick; left out in large rooms"),
  })
  .describe("Who came and went, gathered over a moment; the log does not keep it.");
export type PresenceEvent = z.infer<typeof PresenceEvent>;

export const eventSchemas = [MessageEvent, TopicEvent, PresenceEvent] as const;
export type ChatEvent = z.infer<(typeof eventSchemas)[number]>;
