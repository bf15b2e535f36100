// A page of a search, over whatever keeps the entries: which rooms are walked in which order, what
// makes the page full, and where the next one goes on. Both logs search by it.
//
// One room is walked by its seqs. Many rooms are gone through for the newest hits first; where the work
// of a page does not suffice for that, the times as far as the list of hits has come are walked room by
// room, and each page then moves on by a step at least. So every match is on one page, and an end is
// told only where everything was gone through.

import type { Entry, NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { type Hit, HitList } from "./hit-list.ts";
import {
  compareNewest,
  fromTheNewest,
  isLeft,
  type RoomScan,
  type SearchPlace,
} from "./search-place.ts";
import type { SearchWork } from "./search-work.ts";
import type { SearchedRoom, TimeRange, WalkStep } from "./searched-room.ts";

/** What a search asks of the rooms, whichever they are. */
export interface SearchBounds extends TimeRange {
  /** The rooms that are named, and whether there are conversations beside them. */
  readonly rooms: readonly NameKey[];
  readonly conversationsOf: string | null;
  /** Only entries older than this seq. */
  readonly before: number | null;
  /** Where the page before ended; null: the first page. */
  readonly place: SearchPlace | null;
  /** At least one. */
  readonly entriesMax: number;
  readonly bytesMax: number;
}

export interface FoundPage {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** Null: there is no more. */
  readonly next: SearchPlace | null;
}

/** Of the work of a page, what goes into looking for the newest; the rest is left for the rooms. */
const newestShare = 0.75;
/** No room's key stands in front of it. */
const firstRoom = "" as NameKey;

/** `rooms`: those that the bounds name, in any order. */
export function searchRooms(
  rooms: readonly SearchedRoom[],
  bounds: SearchBounds,
  work: SearchWork,
): FoundPage {
  const place = bounds.place ?? fromTheNewest;
  if (place.scan !== null) return new RoomsPage(bounds, place, work).walk(rooms, place.scan);
  const whole: RoomScan = { room: firstRoom, before: Number.MAX_SAFE_INTEGER, to: null };
  // Whose order is that of its seqs: it must not change when the asker joins another room meanwhile.
  const isOneRoom = bounds.conversationsOf === null && bounds.rooms.length === 1;
  if (isOneRoom) return new RoomsPage(bounds, place, work).walk(rooms, whole);
  const hits = new HitList(bounds.entriesMax);
  if (findNewest(rooms, bounds, place, hits, work.share(newestShare))) {
    return newestPage(hits, bounds);
  }
  const to = hits.hits[bounds.entriesMax - 1]?.position ?? null;
  return new RoomsPage(bounds, place, work).walk(rooms, { ...whole, to });
}

/** The times that are left between the request's own and those of the place. */
function timesLeft({ since, until }: TimeRange, { below, scan }: SearchPlace): TimeRange {
  const to = scan?.to ?? null;
  return {
    since: to === null ? since : Math.max(since ?? to.at, to.at),
    until: below === null ? until : Math.min(until ?? below.at, below.at),
  };
}

/** The hit of a step, if it is one that the page may have; `isWanted` comes before the judgement. */
function hitOf(
  room: NameKey,
  { seq, candidate }: WalkStep,
  place: SearchPlace,
  { since, until }: TimeRange,
  isWanted: (position: Hit["position"]) => boolean = () => true,
): Hit | null {
  if (candidate === null) return null;
  const { at } = candidate;
  const position = { at, room, seq };
  if ((since !== null && at < since) || (until !== null && at > until)) return null;
  if (!isLeft(position, place) || !isWanted(position)) return null;
  const entry = candidate.judge();
  return entry === null ? null : { position, entry };
}

/** False if the work was spent before it was known which the newest are. */
function findNewest(
  rooms: readonly SearchedRoom[],
  bounds: SearchBounds,
  place: SearchPlace,
  hits: HitList,
  work: SearchWork,
): boolean {
  const times = timesLeft(bounds, place);
  const newestFirst = [...rooms].sort((one, other) => (one.newestAt < other.newestAt ? 1 : -1));
  const start = bounds.before ?? Number.MAX_SAFE_INTEGER;
  for (const room of newestFirst) {
    // What is true of this room is true of all that follow.
    const isTooOld = times.since !== null && room.newestAt < times.since;
    if (isTooOld || hits.isPast(room.newestAt)) return true;
    for (const step of room.walk(start, times, work)) {
      const hit = hitOf(room.key, step, place, bounds, (position) => hits.wants(position));
      if (hit !== null) hits.add(hit);
      if (hits.isPast(step.newestAt)) break;
      if (work.isSpent) return false;
    }
    if (work.isSpent) return false;
  }
  return true;
}

function newestPage({ hits }: HitList, { entriesMax, bytesMax }: SearchBounds): FoundPage {
  const taken: Hit[] = [];
  let bytes = 0;
  for (const hit of hits.slice(0, entriesMax)) {
    bytes += entryBytesMax(hit.entry);
    if (bytes > bytesMax && taken.length > 0) break;
    taken.push(hit);
  }
  const below = taken.at(-1)?.position ?? null;
  const next = hits.length > taken.length && below !== null ? { below, scan: null } : null;
  return { entries: taken.map(({ entry }) => entry).reverse(), next };
}

/** A page of what is walked room by room. Lives for one page. */
class RoomsPage {
  readonly #bounds: SearchBounds;
  readonly #place: SearchPlace;
  readonly #work: SearchWork;
  readonly #hits: Hit[] = [];
  #bytes = 0;

  constructor(bounds: SearchBounds, place: SearchPlace, work: SearchWork) {
    this.#bounds = bounds;
    this.#place = place;
    this.#work = work;
  }

  walk(rooms: readonly SearchedRoom[], from: RoomScan): FoundPage {
    const place = { below: this.#place.below, scan: from };
    const times = timesLeft(this.#bounds, place);
    const left = rooms.filter(({ key }) => key >= from.room);
    left.sort((one, other) => (one.key < other.key ? -1 : 1));
    for (const [index, room] of left.entries()) {
      const before = room.key === from.room ? from.before : Number.MAX_SAFE_INTEGER;
      const reached = this.#walkRoom(room, before, place, times);
      if (reached !== null) return this.#page({ ...place, scan: { ...from, ...reached } });
      const following = left[index + 1];
      if (this.#work.isSpent && following !== undefined) {
        const scan = { ...from, room: following.key, before: Number.MAX_SAFE_INTEGER };
        return this.#page({ ...place, scan });
      }
    }
    return this.#page(from.to === null ? null : { below: from.to, scan: null });
  }

  /** How far the room was walked; null: to its end. */
  #walkRoom(
    room: SearchedRoom,
    start: number,
    place: SearchPlace,
    times: TimeRange,
  ): Pick<RoomScan, "room" | "before"> | null {
    let before = Math.min(start, this.#bounds.before ?? start);
    for (const step of room.walk(before, times, this.#work)) {
      const hit = hitOf(room.key, step, place, this.#bounds);
      if (hit !== null && !this.#take(hit)) return { room: room.key, before };
      before = step.seq;
      if (this.#work.isSpent) return { room: room.key, before };
    }
    return null;
  }

  /** False if the page is full. */
  #take(hit: Hit): boolean {
    const { entriesMax, bytesMax } = this.#bounds;
    this.#bytes += entryBytesMax(hit.entry);
    const isFull = this.#hits.length >= entriesMax || this.#bytes > bytesMax;
    if (isFull && this.#hits.length > 0) return false;
    this.#hits.push(hit);
    return true;
  }

  /** In the order of the times; of one room, in that of its seqs. */
  #page(next: SearchPlace | null): FoundPage {
    const rooms = new Set(this.#hits.map(({ position }) => position.room));
    if (rooms.size > 1)
      this.#hits.sort((one, other) => compareNewest(one.position, other.position));
    return { entries: this.#hits.map(({ entry }) => entry).reverse(), next };
  }
}
