// Finds messages: asks the index for candidates and the main database what they say now. Reads two
// databases, each in one snapshot; writes nothing. Everything that it does is bounded; where a bound
// ends it, there may be more.

import type { Database } from "bun:sqlite";
import type { LogResult, SearchRequest } from "../../room-log.ts";
import { HitList } from "./hit-list.ts";
import { IndexWalk } from "./index-walk.ts";
import { searchTails } from "./search-tail.ts";
import { type SearchedRoom, searchedRooms } from "./searched-rooms.ts";

export type Found = Omit<Extract<LogResult, { kind: "found" }>, "kind" | "tag">;

/** Without an index only the newest entries are gone through. */
export function searchEntries(
  main: Database,
  index: Database | null,
  request: SearchRequest,
): Found {
  const search = () => main.transaction(() => searchSnapshot(main, index, request))();
  if (index === null) return search();
  // The index is read first: what it lacks is then in the main database's snapshot, as a tail.
  return index.transaction(() => {
    index.query("SELECT room FROM progress LIMIT 1").get();
    return search();
  })();
}

function searchSnapshot(main: Database, index: Database | null, request: SearchRequest): Found {
  const rooms = searchedRooms(main, request);
  const indexed = index === null ? new Map<number, number>() : indexedSeqs(index, rooms);
  const hits = new HitList(main, request);
  const isWhole = searchTails(main, rooms, indexed, hits);
  const isDone = index === null || new IndexWalk(main, index, request, hits).through(rooms);
  const { entries, more } = hits.take();
  return { entries, more: more || !isDone, indexing: !isWhole };
}

function indexedSeqs(index: Database, rooms: readonly SearchedRoom[]): Map<number, number> {
  const select = index.query<{ room: number; seq: number }, [string]>(
    "SELECT room, seq FROM progress WHERE room IN (SELECT value FROM json_each(?))",
  );
  const rows = select.all(JSON.stringify(rooms.map(({ id }) => id)));
  return new Map(rows.map(({ room, seq }) => [room, seq]));
}
