// What the server pushes. Tolerant schemas: a client drops keys and events that it does not know.
// An entry is an event that stands in a room's log; the others are of the moment.

import * as z from "zod";
import { bounded } from "../codec/peer-number.ts";
import { timeMsMax } from "../time/duration.ts";
import { Seq } from "./commands.ts";
import { countMax } from "./limits.ts";

const stamp = {
  room: z.string().describe("the room's name as it is written"),
  seq: Seq.describe("the entry's place in the room"),
  at: bounded(0, timeMsMax).describe(
    "the server's clock, milliseconds since 1970; order by seq, not by this",
  ),
  from: z.string().describe("nick of who did it"),
};

/** One emoji under a message, as a page shows it. */
export const ReactionSummary = z.object({
  emoji: z.string().describe("one emoji, or one character; each sign in one spelling"),
  count: bounded(1, countMax).describe("how many have put it there"),
  from: z.array(z.string()).describe("nicks of the first of them"),
});
export type ReactionSummary = z.infer<typeof ReactionSummary>;

export const MessageEvent = z
  .object({
    type: z.literal("message"),
    ...stamp,
    text: z.string().describe("what was said"),
    replyTo: Seq.optional().describe("seq of the message that this one answers"),
    action: z.literal(true).optional().describe("`/me`: the text is what the sender does"),
    edited: Seq.optional().describe("seq of the edit that gave it this text"),
    redacted: z.literal(true).optional().describe("its text was taken away, and is empty"),
    reactions: z.array(ReactionSummary).optional().describe("what others put under it"),
    asOf: Seq.optional().describe("seq of the last thing that was done to it; later ones follow"),
  })
  .describe("Something was said: the same bytes for every member, the sender included.");

const target = Seq.describe("seq of the message that it is about");

export const EditEvent = z
  .object({
    type: z.literal("edit"),
    ...stamp,
    target,
    text: z.string().describe("the message's text from here on; empty if it was redacted since"),
  })
  .describe("A message got another text.");

export const RedactionEvent = z
  .object({
    type: z.literal("redaction"),
    ...stamp,
    target,
    reason: z.string().optional().describe("why"),
  })
  .describe("A message's text was taken away: forget it.");

export const ReactionEvent = z
  .object({
    type: z.literal("reaction"),
    ...stamp,
    target,
    emoji: z.string().describe("one emoji, or one character; each sign in one spelling"),
    removed: z.literal(true).optional().describe("it was taken back"),
  })
  .describe("Somebody reacted to a message.");

export const TopicEvent = z
  .object({
    type: z.literal("topic"),
    ...stamp,
    topic: z.string().describe("the new topic; empty when it was cleared"),
  })
  .describe("A room's topic was set.");

export const entrySchemas = [
  MessageEvent,
  EditEvent,
  RedactionEvent,
  ReactionEvent,
  TopicEvent,
] as const;

/** What a room's log holds, in order. */
export const Entry = z.discriminatedUnion("type", entrySchemas);
export type Entry = z.infer<typeof Entry>;
export type EntryOf<T extends Entry["type"]> = Extract<Entry, { type: T }>;
/** An entry about another one. */
export type Amendment = EntryOf<"edit" | "redaction" | "reaction">;

export const PresenceEvent = z
  .object({
    type: z.literal("presence"),
    room: z.string().describe("the room's name as it is written"),
    memberCount: bounded(0, countMax).describe("members now"),
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

export const TypingEvent = z
  .object({
    type: z.literal("typing"),
    room: z.string().describe("the room's name as it is written"),
    from: z.string().describe("nick of who is writing; your own notices come back to you"),
    stopped: z.literal(true).optional().describe("they no longer are"),
  })
  .describe("Somebody is writing; the log does not keep it.");
export type TypingEvent = z.infer<typeof TypingEvent>;

/** The events by their type, as the protocol is defined by them. */
export const eventsByType = {
  message: MessageEvent,
  edit: EditEvent,
  redaction: RedactionEvent,
  reaction: ReactionEvent,
  topic: TopicEvent,
  presence: PresenceEvent,
  typing: TypingEvent,
} as const;
