// Which rooms a search goes through, and how far the index has each of them.

import type { Database } from "bun:sqlite";
import type { NameKey } from "@maru/protocol/chat";
import type { SearchRequest } from "../../room-log.ts";
import type { Progress } from "./search-index.ts";

/** Direct rooms of an account that are searched: those that were begun last. */
const conversationsMax = 1000;

export interface RoomRow {
  readonly id: number;
  readonly key: NameKey;
  readonly name: string;
  readonly head: number;
  readonly first: number;
}

export interface RoomExtent extends RoomRow {
  /** Null where the index has nothing of the room. */
  readonly indexed: Progress | null;
}

const columns = "room.id, room.key, room.name, room.head, room.first";

/** Those that have entries, in no particular order. Without an index nothing is indexed. */
export function searchedRooms(
  main: Database,
  index: Database | null,
  request: SearchRequest,
): RoomExtent[] {
  const rooms = new Map<number, RoomRow>();
  const byKey = main.query<RoomRow, [string]>(
    `SELECT ${columns} FROM room WHERE key IN (SELECT value FROM json_each(?)) AND head >= first`,
  );
  for (const room of byKey.iterate(JSON.stringify(request.rooms))) rooms.set(room.id, room);
  if (request.conversationsOf !== null) {
    const conversations = main.query<RoomRow, [string, number]>(
      `SELECT ${columns} FROM participant JOIN room ON room.id = participant.room AND room.head >= room.first
       WHERE participant.account = ? ORDER BY participant.room DESC LIMIT ?`,
    );
    for (const room of conversations.iterate(request.conversationsOf, conversationsMax)) {
      rooms.set(room.id, room);
    }
  }
  const indexed = index === null ? null : indexedParts(index, [...rooms.keys()]);
  return [...rooms.values()].map((room) => ({ ...room, indexed: indexed?.get(room.id) ?? null }));
}

function indexedParts(index: Database, rooms: readonly number[]): Map<number, Progress> {
  const select = index.query<Progress & { room: number }, [string]>(
    `SELECT room, seq, first, newest, skew FROM progress
     WHERE room IN (SELECT value FROM json_each(?))`,
  );
  return new Map(select.all(JSON.stringify(rooms)).map((row) => [row.room, row]));
}
