// Pages of a room read from the database, by the writer or a reader: in one transaction, so that
// entries, amendments and head fit each other.

import type { Database } from "bun:sqlite";
import type { Entry, NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { boundsBeside, newerHalf, type PageBounds, type Taken } from "../entry/take-entries.ts";
import type { ReadRange } from "../room-log.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import type { RoomRow } from "./room-table.ts";
import { entryId } from "./schema.ts";

export interface PageQuestion extends PageBounds {
  readonly room: NameKey;
  readonly range: ReadRange;
}

export interface PageAnswer {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** The newest seq of the room, and the oldest that is kept, when it was read. */
  readonly head: number;
  readonly first: number;
  readonly more: boolean;
}

export function readEntries(db: Database, question: PageQuestion): PageAnswer {
  return db.transaction(() => readNow(db, question))();
}

function readNow(db: Database, question: PageQuestion): PageAnswer {
  const room = db.query<RoomRow, [string]>("SELECT * FROM room WHERE key = ?").get(question.room);
  if (room === null) return { entries: [], head: 0, first: 1, more: false };
  const { head, first } = room;
  return { ...pageOf(db, room, question), head, first };
}

function pageOf(db: Database, room: RoomRow, { range, ...bounds }: PageQuestion) {
  if ("after" in range) return forward(db, room, range.after + 1, bounds);
  if ("before" in range) return backward(db, room, range.before - 1, bounds);
  const newer = forward(db, room, range.around, newerHalf(bounds)).entries;
  const older = backward(db, room, range.around - 1, boundsBeside(newer, bounds));
  return { entries: [...older.entries, ...newer], more: older.more };
}

/** Seqs that a room can have, whatever was asked for. */
const within = ({ head, first }: RoomRow, seq: number) =>
  Math.max(first - 1, Math.min(head + 1, seq));

function forward(db: Database, room: RoomRow, from: number, bounds: PageBounds): Taken {
  const rows = db
    .query<EntryRow, [number, number, number]>(
      "SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
    )
    .iterate(
      entryId(room.id, within(room, from)),
      entryId(room.id, room.head),
      bounds.entriesMax + 1,
    );
  return fitting(rows, room.name, bounds);
}

function backward(db: Database, room: RoomRow, to: number, bounds: PageBounds): Taken {
  const rows = db
    .query<EntryRow, [number, number, number]>(
      "SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?",
    )
    .iterate(
      entryId(room.id, room.first),
      entryId(room.id, within(room, to)),
      bounds.entriesMax + 1,
    );
  const { entries, more } = fitting(rows, room.name, bounds);
  return { entries: entries.reverse(), more };
}

/** No row is read behind the one that fills the page, however large they are. */
function fitting(rows: Iterable<EntryRow>, name: string, bounds: PageBounds): Taken {
  const entries: Entry[] = [];
  let bytes = 0;
  for (const row of rows) {
    const entry = entryOf(row, name);
    bytes += entryBytesMax(entry);
    const isFull = entries.length > 0 && bytes > bounds.bytesMax;
    if (entries.length >= bounds.entriesMax || isFull) return { entries, more: true };
    entries.push(entry);
  }
  return { entries, more: false };
}
