// Pages of a room read from the database, by whoever has a connection: in one transaction, so that
// entries, amendments and head fit each other.

import type { Database } from "bun:sqlite";
import type { Entry, NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import type { ReadRange } from "../room-log.ts";
import { type EntryRow, entryOf } from "./entry-row.ts";
import type { RoomRow } from "./room-table.ts";
import { entryId } from "./schema.ts";

export interface PageQuestion {
  readonly room: NameKey;
  readonly range: ReadRange;
  readonly entriesMax: number;
  readonly bytesMax: number;
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
  const { entriesMax, bytesMax } = bounds;
  const half = { entriesMax: Math.ceil(entriesMax / 2), bytesMax: bytesMax / 2 };
  const behind = forward(db, room, range.around, half).entries;
  const left = {
    entriesMax: entriesMax - behind.length,
    bytesMax: bytesMax - behind.reduce((sum, entry) => sum + entryBytesMax(entry), 0),
  };
  if (left.entriesMax === 0) return { entries: behind, more: range.around > room.first };
  const before = backward(db, room, range.around - 1, left);
  return { entries: [...before.entries, ...behind], more: before.more };
}

interface Bounds {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

type Part = { readonly entries: Entry[]; readonly more: boolean };

/** Seqs that a room can have, whatever was asked for. */
const within = ({ head, first }: RoomRow, seq: number) =>
  Math.max(first - 1, Math.min(head + 1, seq));

function forward(db: Database, room: RoomRow, from: number, bounds: Bounds): Part {
  const rows = db
    .query<EntryRow, [number, number, number]>(
      "SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
    )
    .all(entryId(room.id, within(room, from)), entryId(room.id, room.head), bounds.entriesMax + 1);
  return fitting(rows, room.name, bounds);
}

function backward(db: Database, room: RoomRow, to: number, bounds: Bounds): Part {
  const rows = db
    .query<EntryRow, [number, number, number]>(
      "SELECT * FROM entry WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?",
    )
    .all(entryId(room.id, room.first), entryId(room.id, within(room, to)), bounds.entriesMax + 1);
  const { entries, more } = fitting(rows, room.name, bounds);
  return { entries: entries.reverse(), more };
}

/** The first rows that fit, and at least one. */
function fitting(rows: readonly EntryRow[], name: string, bounds: Bounds): Part {
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
