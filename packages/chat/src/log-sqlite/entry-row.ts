// An entry as a row of the database, and back. The row's checksum is made and held to here.

import {
  canonicalEmoji,
  type Entry,
  type EntryOf,
  mergeReactions,
  type ReactionSummary,
} from "@maru/protocol/chat";
import { saidOf } from "../entry/entry-bytes.ts";
import { roomOf, seqOf } from "./schema.ts";

/** A row of `entry`, as `SELECT *` gives it. */
export interface EntryRow {
  readonly id: number;
  readonly at: number;
  readonly kind: number;
  readonly account: string;
  readonly sender: string;
  readonly cid: string | null;
  readonly target: number | null;
  readonly body: string;
  readonly flags: number;
  readonly done: string | null;
  readonly sum: number;
}

/** What the columns mean is written in schema.ts. */
export const kinds = { message: 1, edit: 2, redaction: 3, reaction: 4, topic: 5 } as const;
export const flags = { action: 1, redacted: 2, removed: 4 } as const;

/** A row whose checksum doesn't fit what it says: the disk, or another program, has changed it. */
export class DamagedRow extends Error {
  constructor(id: number) {
    super(`entry ${seqOf(id)} of a room is damaged`);
  }
}

type Checked = Omit<EntryRow, "sum">;

/**
 * CRC-32 of the row's texts, begun from its numbers. Writing the numbers out as text would cost more
 * than all the rest.
 */
export function sumOf({ id, at, kind, account, sender, cid, target, body, flags, done }: Checked) {
  let numbers = seqOf(id);
  for (const number of [roomOf(id), at / 2 ** 32, at, kind, flags, target ?? -1]) {
    numbers = Math.imul(numbers ^ number, 0x9e3779b1) ^ (numbers >>> 15);
  }
  const texts = `${account}\n${sender}\n${cid ?? ""}\n${done ?? ""}\n${body}`;
  return Bun.hash.crc32(texts, numbers >>> 0);
}

/** What a message's row keeps of the amendments to it. */
interface Done {
  edited?: number;
  reactions?: ReactionSummary[];
  asOf?: number;
}

export function rowOf(id: number, entry: Entry, account: string, cid: string | null): EntryRow {
  const row = {
    id,
    at: entry.at,
    kind: kinds[entry.type],
    account,
    sender: entry.from,
    cid,
    target: targetOf(entry),
    body: saidOf(entry),
    flags: flagsOf(entry),
    done: entry.type === "message" ? doneOf(entry) : null,
    sum: 0,
  };
  row.sum = sumOf(row);
  return row;
}

function targetOf(entry: Entry): number | null {
  if (entry.type === "message") return entry.replyTo ?? null;
  return entry.type === "topic" ? null : entry.target;
}

function flagsOf(entry: Entry): number {
  if (entry.type === "reaction") return entry.removed === true ? flags.removed : 0;
  if (entry.type !== "message") return 0;
  return (
    (entry.action === true ? flags.action : 0) | (entry.redacted === true ? flags.redacted : 0)
  );
}

function doneOf({ edited, reactions, asOf }: EntryOf<"message">): string | null {
  if (asOf === undefined) return null;
  return JSON.stringify({ edited, reactions, asOf } satisfies {
    [K in keyof Done]: Done[K] | undefined;
  });
}

/** The entry that a row holds, in a room of this name. Throws DamagedRow. */
export function entryOf(row: EntryRow, room: string): Entry {
  if (sumOf(row) !== row.sum) throw new DamagedRow(row.id);
  const stamp = { room, seq: seqOf(row.id), at: row.at, from: row.sender };
  const target = row.target ?? 0;
  switch (row.kind) {
    case kinds.message:
      return messageOf(row, stamp);
    case kinds.edit:
      return { type: "edit", ...stamp, target, text: row.body };
    case kinds.redaction:
      return { type: "redaction", ...stamp, target, ...(row.body && { reason: row.body }) };
    case kinds.reaction: {
      const removed = (row.flags & flags.removed) !== 0 && { removed: true as const };
      return { type: "reaction", ...stamp, target, emoji: canonicalEmoji(row.body), ...removed };
    }
    case kinds.topic:
      return { type: "topic", ...stamp, topic: row.body };
    default:
      throw new DamagedRow(row.id);
  }
}

function messageOf(
  { target, body, flags: bits, done }: EntryRow,
  stamp: { room: string; seq: number; at: number; from: string },
): EntryOf<"message"> {
  const message: EntryOf<"message"> = { type: "message", ...stamp, text: body };
  if (target !== null) message.replyTo = target;
  if ((bits & flags.action) !== 0) message.action = true;
  if ((bits & flags.redacted) !== 0) message.redacted = true;
  if (done === null) return message;
  const { reactions, ...rest } = JSON.parse(done) as Done;
  const merged = reactions === undefined ? {} : { reactions: mergeReactions(reactions) };
  return { ...message, ...rest, ...merged };
}

/** The emoji under a message as its row has them: an earlier version kept several of one sign. */
export function spellingsOf({ done }: EntryRow): string[] {
  const { reactions = [] } = done === null ? {} : (JSON.parse(done) as Done);
  return reactions.map(({ emoji }) => emoji);
}
