// The newest messages that a search has found so far: judges each candidate by the row as it stands
// in the main database, and keeps no more than are asked for and one.

import type { Database } from "bun:sqlite";
import type { Entry } from "@maru/protocol/chat";
import { entryBytesMax } from "../../entry/entry-bytes.ts";
import type { SearchRequest } from "../../room-log.ts";
import { matches } from "../../search/matches.ts";
import { DamagedRow, type EntryRow, entryOf, flags, kinds } from "../entry-row.ts";
import { seqOf } from "../schema.ts";

interface Hit {
  readonly id: number;
  readonly at: number;
  readonly entry: Entry;
}

export class HitList {
  readonly #main: Database;
  readonly #request: SearchRequest;
  /** Newest first. */
  readonly #hits: Hit[] = [];
  /** What was judged, so that nothing is found twice. */
  readonly #seen = new Set<number>();

  constructor(main: Database, request: SearchRequest) {
    this.#main = main;
    this.#request = request;
  }

  /** Whether what was written at this time and before it can no longer be among the newest. */
  isPast(at: number): boolean {
    const last = this.#hits[this.#request.entriesMax];
    return last !== undefined && at < last.at;
  }

  /** Judges the message with this id; false if it is older than any that will be returned. */
  offerId(id: number, room: string): boolean {
    if (this.#seen.has(id)) return true;
    const row = this.#main.query<EntryRow, [number]>("SELECT * FROM entry WHERE id = ?").get(id);
    return row === null || this.offer(row, room);
  }

  offer(row: EntryRow, room: string): boolean {
    if (this.isPast(row.at)) return false;
    if (this.#seen.has(row.id)) return true;
    this.#seen.add(row.id);
    const entry = this.#suits(row) ? soundEntry(row, room) : null;
    if (entry === null) return true;
    const hit = { id: row.id, at: row.at, entry };
    const place = this.#hits.findIndex((other) => isNewer(hit, other));
    this.#hits.splice(place < 0 ? this.#hits.length : place, 0, hit);
    if (this.#hits.length > this.#request.entriesMax + 1) this.#hits.pop();
    return true;
  }

  /** Oldest first, as many as the request has room for. */
  take(): { entries: Entry[]; more: boolean } {
    const { entriesMax, bytesMax } = this.#request;
    const entries: Entry[] = [];
    let bytes = 0;
    for (const { entry } of this.#hits.slice(0, entriesMax)) {
      bytes += entryBytesMax(entry);
      if (bytes > bytesMax && entries.length > 0) break;
      entries.push(entry);
    }
    return { entries: entries.reverse(), more: this.#hits.length > entries.length };
  }

  #suits({ id, kind, flags: bits, at, account, body }: EntryRow): boolean {
    const { from, since, until, before, terms } = this.#request;
    if (kind !== kinds.message || (bits & flags.redacted) !== 0) return false;
    if (since !== null && at < since) return false;
    if (until !== null && at > until) return false;
    if (before !== null && seqOf(id) >= before) return false;
    return (from === null || account === from) && matches(body, terms);
  }
}

function isNewer(one: Hit, other: Hit): boolean {
  return one.at === other.at ? one.id > other.id : one.at > other.at;
}

/** One damaged row is no reason to find nothing; who reads that page is told. */
function soundEntry(row: EntryRow, room: string): Entry | null {
  try {
    return entryOf(row, room);
  } catch (error) {
    if (error instanceof DamagedRow) return null;
    throw error;
  }
}
