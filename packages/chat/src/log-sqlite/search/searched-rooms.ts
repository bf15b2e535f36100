// Which rooms a search goes through, and which part of each.

import type { Database } from "bun:sqlite";
import type { SearchRequest } from "../../room-log.ts";
import { entryId, seqOf, seqsPerRoom } from "../schema.ts";

/** Direct rooms of an account that are searched: those that were begun last. */
export const conversationsMax = 1000;

export interface SearchedRoom {
  readonly id: number;
  readonly name: string;
  readonly head: number;
  readonly first: number;
  /** When the newest entry was written. */
  readonly newestAt: number;
}

const columns = `room.id, room.name, room.head, room.first, entry.at AS newestAt`;
const withNewest = `JOIN entry ON entry.id = room.id * ${seqsPerRoom} + room.head`;

/** Those that have entries, the one with the newest entry first. */
export function searchedRooms(main: Database, request: SearchRequest): SearchedRoom[] {
  const rooms = new Map<number, SearchedRoom>();
  const byKey = main.query<SearchedRoom, [string]>(
    `SELECT ${columns} FROM room ${withNewest} WHERE room.key IN (SELECT value FROM json_each(?))`,
  );
  for (const room of byKey.iterate(JSON.stringify(request.rooms))) rooms.set(room.id, room);
  if (request.conversationsOf !== null) {
    const conversations = main.query<SearchedRoom, [string, number]>(
      `SELECT ${columns} FROM participant JOIN room ON room.id = participant.room ${withNewest}
       WHERE participant.account = ? ORDER BY participant.room DESC LIMIT ?`,
    );
    for (const room of conversations.iterate(request.conversationsOf, conversationsMax)) {
      rooms.set(room.id, room);
    }
  }
  return [...rooms.values()].sort((one, other) => other.newestAt - one.newestAt);
}

/** Ids of entries, both inclusive; none if low > high. */
export interface IdRange {
  readonly low: number;
  readonly high: number;
}

/** The part of the room that the request's times and `before` leave. */
export function searchedRange(main: Database, room: SearchedRoom, request: SearchRequest): IdRange {
  const { since, until, before } = request;
  const from = since === null ? room.first : firstSeqAt(main, room, since);
  const past = until === null ? room.head + 1 : firstSeqAt(main, room, until + 1);
  const end = before === null ? past : Math.min(past, before);
  return { low: entryId(room.id, from), high: entryId(room.id, end - 1) };
}

/** The first seq whose entry was written at this time or later; times ascend but for a clock set back. */
function firstSeqAt(main: Database, room: SearchedRoom, at: number): number {
  const probe = main.query<{ id: number; at: number }, [number, number]>(
    "SELECT id, at FROM entry WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1",
  );
  let low = room.first;
  let high = room.head + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const entry = probe.get(entryId(room.id, middle), entryId(room.id, high - 1));
    if (entry === null || entry.at >= at) high = middle;
    else low = seqOf(entry.id) + 1;
  }
  return low;
}
