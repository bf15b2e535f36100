// Finds messages: asks the index for candidates and the main database what they say now. Reads two
// databases, each in one snapshot; writes nothing. What a page may cost is bounded; the next goes on.

import type { Database } from "bun:sqlite";
import type { LogResult, SearchRequest } from "../../room-log.ts";
import { searchRooms } from "../../search/search-rooms.ts";
import { SearchWork } from "../../search/search-work.ts";
import { IndexWalk } from "./index-walk.ts";
import { RoomWalk } from "./room-walk.ts";
import { searchedRooms } from "./searched-rooms.ts";

export type Found = Omit<Extract<LogResult, { kind: "found" }>, "kind" | "tag">;

/** What one page may cost, in microseconds by the estimates of search-work.ts. */
export const searchWorkUs = 20_000;

/** Without an index all entries are gone through. */
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
  const work = new SearchWork(searchWorkUs);
  const extents = searchedRooms(main, index, request);
  const walk = index === null ? null : new IndexWalk(index, request);
  const isScan = (request.place?.scan ?? null) !== null;
  // Room by room there is no need of what all of them have.
  if (!isScan)
    walk?.gather(
      extents.map(({ id }) => id),
      work,
    );
  const rooms = extents.map((extent) => new RoomWalk({ main, index: walk, request }, extent));
  return { ...searchRooms(rooms, request, work), indexing: rooms.some(({ isBehind }) => isBehind) };
}
