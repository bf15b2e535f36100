// What a client may ask: the fields of each command. Unknown keys are an error here.
// Form only (types, sizes, characters); what needs state is the hub's to judge.

import * as z from "zod";
import { pageEntriesMax } from "./limits.ts";
import {
  forbiddenCharacter,
  linePattern,
  textBytesMax,
  textPattern,
  topicBytesMax,
} from "./text.ts";

/** A seq: strictly increasing in a room and epoch, never reused, not necessarily dense. */
export const Seq = z.int().min(0);

/** Names the character: its author does not see it. */
const holds =
  (isLine: boolean) =>
  ({ input }: { readonly input?: unknown }): string =>
    `this field holds ${forbiddenCharacter(String(input), isLine)}, which can't be sent`;

/** One line of what has a form in UTF-8: unpaired surrogates would be stored as one another. */
const line = (charsMax: number) =>
  z
    .string()
    .max(charsMax)
    .regex(linePattern, { error: holds(true) });
/** A search's `cursor` names up to three rooms, as long as their folded names may get. */
export const searchCursorMax = 16_384;
/** What a server gives and a client gives back has one form on both ways. */
export const SessionToken = line(128).min(1);
export const Epoch = line(64).min(1);
export const Cursor = line(searchCursorMax).min(1);
/** Loose on purpose: the hub names what is wrong with a name better than a pattern can. */
const Name = line(256).min(1);
const RoomName = Name.describe("a room, or `@a+b` for two people");
const Nick = Name.describe("1–32 graphemes of letters, digits, - _ .");

export const Hello = z
  .object({
    versions: z.array(z.int().min(1)).min(1).max(16).describe("protocol versions you speak"),
    client: line(64).min(1).describe("name and version of your program"),
    nick: Nick.optional().describe("without one, the server picks a guest name"),
    resume: SessionToken.optional().describe("`session` of an earlier welcome"),
  })
  .describe("Greets the server: the first message of a connection.");

export const Join = z
  .object({
    room: RoomName,
    after: Seq.optional().describe("replay what came after this seq"),
    epoch: Epoch.optional().describe("the epoch that `after` belongs to"),
  })
  .describe("Enters a room, and hears what is said in it from then on.");

export const Leave = z.object({ room: RoomName }).describe("Leaves a room.");

/** Ids that ascend cost the log least: it keeps them in order, and near ones together. */
const cid = line(64).min(1).optional().describe("your id: the same cid, the same seq");
const target = Seq.min(1).describe("seq of the message that it is about");

export const Send = z
  .object({
    room: RoomName,
    text: z
      .string()
      .min(1)
      .max(textBytesMax)
      .regex(textPattern, { error: holds(false) })
      .describe(`1–${textBytesMax} bytes of UTF-8`),
    cid,
    replyTo: Seq.min(1).optional().describe("seq of the message this one answers"),
    action: z.literal(true).optional().describe("`/me`: the text is what the sender does"),
    unjoined: z
      .literal(true)
      .optional()
      .describe("you need not be in the room, and hear nothing of it: nobody sees you come and go"),
  })
  .describe("Says something in a room.");

export const Edit = z
  .object({
    room: RoomName,
    target,
    text: z
      .string()
      .min(1)
      .max(textBytesMax)
      .regex(textPattern, { error: holds(false) })
      .describe(`the new text, 1–${textBytesMax} bytes of UTF-8`),
    cid,
  })
  .describe("Puts another text in the place of a message of your own.");

export const Redact = z
  .object({
    room: RoomName,
    target,
    reason: line(topicBytesMax).min(1).optional().describe("why, for everybody to read"),
    cid,
  })
  .describe("Takes the text of a message of your own away, for good.");

export const React = z
  .object({
    room: RoomName,
    target,
    emoji: line(64).min(1).describe("one emoji, or one character, in any spelling"),
    remove: z.literal(true).optional().describe("takes your reaction back"),
    cid,
  })
  .describe("Puts a reaction to a message.");

export const Nickname = z.object({ nick: Nick }).describe("Takes another nick.");

export const Topic = z
  .object({
    room: RoomName,
    topic: line(topicBytesMax).describe(
      `one line, up to ${topicBytesMax} bytes of UTF-8; empty to clear it`,
    ),
    cid,
  })
  .describe("Sets what a room is about.");

export const Who = z
  .object({
    room: RoomName,
    after: line(256).optional().describe("the last nick of the page before"),
  })
  .describe("Asks who is in a room, a page at a time.");

export const Rooms = z
  .object({
    after: line(256).optional().describe("the last room of the page before"),
  })
  .describe(
    "Asks which rooms have people in them, a page at a time; conversations are never told.",
  );

export const History = z
  .object({
    room: RoomName,
    before: Seq.optional().describe("entries older than this seq, the newest of them"),
    after: Seq.optional().describe("entries newer than this seq, the oldest of them"),
    around: Seq.optional().describe("entries on both sides of this seq, and its own"),
    limit: z.int().min(1).max(pageEntriesMax).describe("entries wanted; the server may give fewer"),
  })
  .describe("Fetches what a room's log holds: the newest entries, or those beside one seq.");

export const Search = z
  .object({
    query: line(256).min(1).describe('words, all of them; `"a phrase"`; `begin*`'),
    room: RoomName.optional().describe(
      "without one: the rooms that you are in, and your conversations",
    ),
    from: Nick.optional().describe("only what this person said"),
    since: z.int().min(0).optional().describe("not before this time, milliseconds since 1970"),
    until: z.int().min(0).optional().describe("not after this time, milliseconds since 1970"),
    before: Seq.optional().describe("only entries older than this seq; with `room`"),
    limit: z.int().min(1).max(pageEntriesMax).describe("entries wanted; the server may give fewer"),
    cursor: Cursor.optional().describe(
      "`next` of the page before, of the same search: goes on where that ended",
    ),
  })
  .describe(
    "Looks for messages by what they say, newest first. A search that takes long is answered in pages that may be empty: ask with `next` until there is no more.",
  );

export const Mark = z
  .object({
    room: RoomName,
    seq: Seq.describe("the last entry that you have read; back again is fine"),
  })
  .describe("Sets how far you have read a room.");

export const Inbox = z
  .object({
    after: line(256).optional().describe("the last room of the page before"),
  })
  .describe("Asks what is unread: your conversations, and the rooms that you have marked.");

export const Typing = z
  .object({
    room: RoomName,
    stopped: z.literal(true).optional().describe("you are no longer writing"),
  })
  .describe("Tells the others in a room that you are writing, now.");
