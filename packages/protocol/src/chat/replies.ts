// What the server answers: the fields of each reply.

import * as z from "zod";
import { bounded } from "../codec/peer-number.ts";
import { durationMs, heartbeatMsMax, heartbeatMsMin, timeMsMax } from "../time/duration.ts";
import { Cursor, Epoch, Seq, SessionToken } from "./commands.ts";
import { Entry } from "./events.ts";
import { countMax, Limits } from "./limits.ts";

const room = z.string().describe("the room's name as it is written");
const more = z.boolean().describe("true: ask again for the rest");

/** Unread messages are counted up to here: who is further behind wants to know no more. */
export const unreadMax = 1000;

export const Durability = z.enum(["memory", "os", "fsync", "replicated"]);
export type Durability = z.infer<typeof Durability>;

export const Welcome = z
  .object({
    version: z.int().min(1).describe("the protocol version spoken from here on"),
    server: z.string().describe("name and version of the server"),
    nick: z.string().describe("the nick you have"),
    session: SessionToken.describe("secret; give it as `resume` to take the nick back"),
    time: bounded(0, timeMsMax).describe("the server's clock, milliseconds since 1970"),
    durability: Durability.describe("what `sent` promises"),
    heartbeatMs: durationMs(heartbeatMsMin, heartbeatMsMax).describe(
      "send something at least so often, in milliseconds",
    ),
    limits: Limits.describe("the bounds that concern a client"),
  })
  .describe("The greeting succeeded.");

export const Joined = z
  .object({
    room,
    epoch: Epoch.describe("changes when the room's seqs start anew"),
    head: Seq.describe("the newest seq; 0 in a room without entries"),
    topic: z.string().describe("what the room is about; may be empty"),
    memberCount: bounded(0, countMax).describe("members, you included"),
    members: z.array(z.string()).describe("nicks; left out beyond the first ones in large rooms"),
    recovered: z.boolean().describe("true: all that came after `after` follows as events"),
  })
  .describe("You are in the room; what was missed follows as events, then what is new.");

export const Left = z.object({ room }).describe("You are out of the room.");

export const Sent = z
  .object({
    room,
    seq: Seq.describe("the entry's place in the room"),
    at: bounded(0, timeMsMax).describe("the server's clock, milliseconds since 1970"),
    duplicate: z.boolean().describe("true: this cid was stored before; the seq is that one's"),
    absent: z
      .literal(true)
      .optional()
      .describe("a conversation: the other is not here, and finds it when they come back"),
  })
  .describe("The entry is stored, at the durability that `welcome` announced.");

export const Renamed = z
  .object({
    nick: z.string().describe("the nick you have now"),
  })
  .describe("You have the nick.");

export const Members = z
  .object({
    room,
    members: z.array(z.string()).describe("nicks, in order"),
    more,
  })
  .describe("Who is in a room.");

export const Directory = z
  .object({
    rooms: z
      .array(
        z.object({
          room,
          topic: z.string().describe("what the room is about; may be empty"),
          memberCount: bounded(0, countMax).describe("members now"),
        }),
      )
      .describe("the rooms, in the order of their names"),
    more,
  })
  .describe("Which rooms have people in them now.");

export const Page = z
  .object({
    entries: z.array(Entry).describe("events of the log, oldest first; a message as it stands"),
    more,
    next: Cursor.optional().describe(
      "a search with more: its `cursor` for the page behind this one",
    ),
    head: Seq.optional().describe("the room's newest seq then; a search tells none"),
    indexing: z
      .literal(true)
      .optional()
      .describe("a search: the newest messages may be missing, the index is behind"),
    gap: z
      .literal(true)
      .optional()
      .describe("what stood between `after` and these entries is kept no longer"),
  })
  .describe("A part of a room's log.");

export const Marked = z
  .object({
    room,
    seq: Seq.describe("how far you have read it"),
  })
  .describe("The marker is set.");

export const Conversations = z
  .object({
    rooms: z
      .array(
        z.object({
          room,
          epoch: Epoch.describe("changes when the room's seqs start anew"),
          head: Seq.describe("the newest seq"),
          read: Seq.describe("how far you have read it; 0 when you never said"),
          unread: bounded(0, countMax).describe(
            `messages of others after that; ${unreadMax} stands for more`,
          ),
          mentions: bounded(0, countMax).describe(
            `those of them that name you; ${unreadMax} stands for more`,
          ),
        }),
      )
      .describe("your conversations and marked rooms, in the order of their names"),
    more,
  })
  .describe("What is unread.");

export const Noted = z
  .object({})
  .describe("The server has read it; whether anybody is told is not promised.");
