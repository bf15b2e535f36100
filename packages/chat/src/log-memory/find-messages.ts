// Search without an index: the newest messages of the rooms are looked through, as far as a bound.

import type { Entry } from "@maru/protocol/chat";
import { takeEntries } from "../entry/take-entries.ts";
import type { SearchRequest } from "../room-log.ts";
import { matches } from "../search/matches.ts";
import { firstSeq, type Kept, type KeptRoom } from "./kept.ts";

/** Entries looked at for one query, over all its rooms: about twenty milliseconds. */
export const lookedAtMax = 10_000;

export function findMessages(
  rooms: readonly KeptRoom[],
  request: SearchRequest,
): { entries: Entry[]; more: boolean } {
  const share = Math.ceil(lookedAtMax / rooms.length);
  const hits = rooms.flatMap((room) => findInRoom(room, request, share));
  hits.sort((one, other) => other.at - one.at || other.seq - one.seq);
  const entryAt = (index: number) => hits[index] as Entry;
  const { entries, more } = takeEntries(hits.length, entryAt, { start: 0, step: 1 }, request);
  const isCut = rooms.some((room) => endOf(room, request) > share);
  return { entries: entries.reverse(), more: more || isCut };
}

/** One more than asked for, so that it is known whether there are more. */
function findInRoom(room: KeptRoom, request: SearchRequest, share: number): Entry[] {
  const found: Entry[] = [];
  const end = endOf(room, request);
  let place = end - 1;
  for (; place >= 0 && end - place <= share && found.length <= request.entriesMax; place -= 1) {
    const kept = room.entries.at(place);
    if (isHit(kept, request)) found.push(kept.entry);
  }
  return found;
}

/** Entries of the room that may be hits, from its oldest on. */
function endOf(room: KeptRoom, { before }: SearchRequest): number {
  return Math.min(room.entries.length, (before ?? Infinity) - firstSeq(room));
}

function isHit({ entry, account }: Kept, { terms, from, since, until }: SearchRequest): boolean {
  if (entry.type !== "message" || entry.redacted === true) return false;
  if (from !== null && account !== from) return false;
  if (entry.at < (since ?? 0) || entry.at > (until ?? Infinity)) return false;
  return matches(entry.text, terms);
}
