// Search without an index: the newest messages of the rooms are looked through, as far as a bound.

import type { Entry } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import type { SearchRequest } from "../room-log.ts";
import { matches } from "../search/matches.ts";
import { firstSeq, type Kept, type KeptRoom } from "./kept.ts";

/** Entries looked at for one query, over all its rooms: about twenty milliseconds. */
export const lookedAtMax = 10_000;

export function findMessages(
  rooms: readonly KeptRoom[],
  request: SearchRequest,
): { entries: Entry[]; more: boolean } {
  let left = lookedAtMax;
  const hits: Entry[] = [];
  for (const room of rooms) {
    const share = Math.ceil(left / rooms.length);
    const { found, looked } = findInRoom(room, request, share);
    hits.push(...found);
    left -= Math.max(0, looked - share);
  }
  hits.sort((one, other) => other.at - one.at || other.seq - one.seq);
  const entries = firstThatFit(hits, request);
  const isCut = rooms.some(({ entries: all }) => all.length > Math.ceil(left / rooms.length));
  return { entries: entries.reverse(), more: hits.length > entries.length || isCut };
}

/** One more than asked for, so that it is known whether there are more. */
function findInRoom(room: KeptRoom, request: SearchRequest, share: number) {
  const found: Entry[] = [];
  const end = Math.min(room.entries.length, (request.before ?? Infinity) - firstSeq(room));
  let place = end - 1;
  for (; place >= 0 && end - place <= share && found.length <= request.entriesMax; place -= 1) {
    const kept = room.entries.at(place);
    if (isHit(kept, request)) found.push(kept.entry);
  }
  return { found, looked: end - 1 - place };
}

function isHit({ entry, account }: Kept, { terms, from, since, until }: SearchRequest): boolean {
  if (entry.type !== "message" || entry.redacted === true) return false;
  if (from !== null && account !== from) return false;
  if (entry.at < (since ?? 0) || entry.at > (until ?? Infinity)) return false;
  return matches(entry.text, terms);
}

function firstThatFit(hits: readonly Entry[], { entriesMax, bytesMax }: SearchRequest): Entry[] {
  let bytes = 0;
  const fitting = hits.slice(0, entriesMax).findIndex((entry, index) => {
    bytes += entryBytesMax(entry);
    return index > 0 && bytes > bytesMax;
  });
  return hits.slice(0, fitting < 0 ? entriesMax : fitting);
}
