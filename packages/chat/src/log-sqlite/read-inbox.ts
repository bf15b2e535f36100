// An account's inbox, read from the database: its direct rooms and those that it has marked, as far
// as there is an entry in them.

import type { Database } from "bun:sqlite";
import { unreadMax } from "@maru/protocol/chat";
import type { InboxRequest, Unread } from "../room-log.ts";
import { flags, kinds } from "./entry-row.ts";
import { epochOf } from "./epoch.ts";
import type { RoomRow } from "./room-table.ts";
import { entryId } from "./schema.ts";

/** Entries of a room that are counted through, the newest: who is further behind is told less. */
const countedMax = 5_000;
/**
 * What counting may cost, in microseconds: with so much the page ends, and the next goes on behind its
 * last room. A room alone may cost as much, so that a page takes up to twice that.
 */
export const countWorkUs = 10_000;
/** Of an entry that is counted through, and of each of its bytes: those of long texts lie far apart. */
const entryUs = 1;
const byteUs = 0.001;

export type InboxQuestion = Pick<InboxRequest, "account" | "after" | "roomsMax">;

export interface InboxAnswer {
  readonly rooms: readonly Unread[];
  readonly more: boolean;
}

const roomsSql = `
  SELECT room.*, coalesce(marker.seq, 0) AS read
  FROM (SELECT room FROM marker WHERE account = ?1 UNION SELECT room FROM participant WHERE account = ?1) AS own
  JOIN room ON room.id = own.room
  LEFT JOIN marker ON marker.account = ?1 AND marker.room = room.id
  WHERE room.entries > 0 AND room.key > ?2 ORDER BY room.key LIMIT ?3`;

/** `last`: the newest of those that were counted. */
const unreadSql = `
  SELECT count(*) AS count, max(id) AS last FROM (
    SELECT id FROM entry WHERE id BETWEEN ? AND ? AND kind = ${kinds.message}
    AND flags & ${flags.redacted} = 0 AND account <> ? ORDER BY id LIMIT ${unreadMax})`;

const mentionsSql = `
  SELECT count(*) AS count FROM (
    SELECT 1 FROM mention JOIN entry ON entry.id = mention.message
    WHERE mention.account = ?1 AND mention.message BETWEEN ?2 AND ?3 AND entry.account <> ?1
    LIMIT ${unreadMax})`;

interface Count {
  readonly count: number;
}

export function readInbox(
  db: Database,
  identity: string,
  { account, after, roomsMax }: InboxQuestion,
): InboxAnswer {
  return db.transaction(() => {
    const rows = db
      .query<RoomRow & { read: number }, [string, string, number]>(roomsSql)
      .all(account, after, roomsMax + 1);
    const rooms: Unread[] = [];
    let workUs = 0;
    for (const row of rows.slice(0, roomsMax)) {
      if (workUs >= countWorkUs) break;
      const { unread, us } = unreadOf(db, identity, account, row);
      rooms.push(unread);
      workUs += us;
    }
    return { rooms, more: rows.length > rooms.length };
  })();
}

/** What is unread in a room, and what counting it has cost. */
function unreadOf(
  db: Database,
  identity: string,
  account: string,
  room: RoomRow & { read: number },
): { unread: Unread; us: number } {
  const { key, name, head } = room;
  // A marker can stand above the head where acknowledged entries were lost with the power.
  const read = Math.min(room.read, head);
  const oneUs = entryUs + (byteUs * room.bytes) / Math.max(1, room.entries);
  const countMax = Math.min(countedMax, Math.ceil(countWorkUs / oneUs));
  const from = entryId(room.id, Math.max(read + 1, head - countMax + 1));
  const to = entryId(room.id, head);
  const unread = db
    .query<Count & { last: number | null }, [number, number, string]>(unreadSql)
    .get(from, to, account);
  const named = db.query<Count, [string, number, number]>(mentionsSql).get(account, from, to);
  const counts = { unread: unread?.count ?? 0, mentions: named?.count ?? 0 };
  // Only a count that is full has ended before the newest entry.
  const last = counts.unread === unreadMax ? (unread?.last ?? to) : to;
  return {
    unread: { key, name, epoch: epochOf(identity, key, room.generation), head, read, ...counts },
    us: oneUs * (last - from + 1 + counts.mentions),
  };
}
