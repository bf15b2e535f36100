// Paging against a naive search: whatever the clock said, however little a page may do and however few
// hits it may have, every match is on one page, and the pages end.

import { expect, test } from "bun:test";
import type { Entry, NameKey } from "@maru/protocol/chat";
import fc from "fast-check";
import { formatCursor, parseCursor } from "./search-cursor.ts";
import { compareNewest, type SearchPlace } from "./search-place.ts";
import { type FoundPage, type SearchBounds, searchRooms } from "./search-rooms.ts";
import { SearchWork } from "./search-work.ts";
import type { SearchedRoom, WalkStep } from "./searched-room.ts";
import { timeCut } from "./time-cut.ts";

/** A message each; seqs are places + 1. */
interface Said {
  readonly at: number;
  readonly isMatch: boolean;
}

interface World {
  readonly rooms: ReadonlyMap<string, readonly Said[]>;
  /** Whether rooms know how far their clocks went back, and their newest time. */
  readonly isKnown: boolean;
}

const said = fc.record({ at: fc.integer({ min: 1, max: 12 }), isMatch: fc.boolean() });
const world = fc.record({
  rooms: fc
    .array(fc.array(said, { maxLength: 12 }), { minLength: 1, maxLength: 5 })
    .map((rooms) => new Map(rooms.map((room, index) => [`room${(index * 7) % 5}`, room]))),
  isKnown: fc.boolean(),
});
const time = fc.option(fc.integer({ min: 1, max: 12 }), { freq: 4 });
const ask = fc.record({
  since: time,
  until: time,
  entriesMax: fc.integer({ min: 1, max: 6 }),
  bytesMax: fc.constantFrom(1, 1_000, 1e9),
  workUs: fc.constantFrom(1, 2, 5, 20, 1e9),
});

class FakeRoom implements SearchedRoom {
  readonly key: NameKey;
  readonly newestAt: number;
  readonly #said: readonly Said[];
  readonly #skewMs: number;

  constructor(key: string, entries: readonly Said[], isKnown: boolean) {
    this.key = key as NameKey;
    this.#said = entries;
    let [newest, skew] = [0, 0];
    for (const { at } of entries) {
      newest = Math.max(newest, at);
      skew = Math.max(skew, newest - at);
    }
    this.newestAt = isKnown ? newest : Number.POSITIVE_INFINITY;
    this.#skewMs = isKnown ? skew : Number.POSITIVE_INFINITY;
  }

  *walk(before: number, times: Parameters<SearchedRoom["walk"]>[1], work: SearchWork) {
    const probe = (seq: number) => ({ seq, at: this.#at(seq).at });
    const bounds = { low: 1, high: Math.min(this.#said.length, before - 1) };
    const { low, high } = timeCut({ ...bounds, skewMs: this.#skewMs, probe }, times);
    for (let seq = high; seq >= low; seq -= 1) {
      const { at, isMatch } = this.#at(seq);
      work.spend(1);
      const judge = () => (isMatch ? entryAt(this.key, seq, at) : null);
      const step: WalkStep = { seq, newestAt: at + this.#skewMs, candidate: { at, judge } };
      yield step;
    }
  }

  #at(seq: number): Said {
    return this.#said[seq - 1] as Said;
  }
}

const entryAt = (room: string, seq: number, at: number): Entry => ({
  type: "message",
  room,
  seq,
  at,
  from: "ann",
  text: "hit",
});

function boundsOf(rooms: readonly string[], asked: Partial<SearchBounds>): SearchBounds {
  const none = { since: null, until: null, before: null, place: null, conversationsOf: null };
  return { ...none, entriesMax: 5, bytesMax: 1e9, rooms: rooms as readonly NameKey[], ...asked };
}

/** All pages, each place through its cursor and back. */
function pagesOf({ rooms, isKnown }: World, asked: Partial<SearchBounds>, workUs: number) {
  const steps = [...rooms.values()].reduce((sum, { length }) => sum + length, 0);
  const pages: FoundPage[] = [];
  let place: SearchPlace | null = null;
  do {
    const opened = [...rooms].map(([key, entries]) => new FakeRoom(key, entries, isKnown));
    const bounds: SearchBounds = boundsOf([...rooms.keys()], { ...asked, place });
    const page: FoundPage = searchRooms(opened, bounds, new SearchWork(workUs));
    pages.push(page);
    const parsed = page.next && parseCursor(formatCursor(page.next, 1), 1);
    place = parsed?.ok ? parsed.place : null;
    expect(place).toEqual(page.next);
    // A window of times for each match, and in it a page for each step and each room, are the worst.
    expect(pages.length).toBeLessThan((steps + 1) * (steps + rooms.size + 2));
  } while (place !== null);
  return pages;
}

function naive({ rooms }: World, { since = null, until = null }: Partial<SearchBounds>) {
  return [...rooms].flatMap(([room, entries]) =>
    entries.flatMap(({ at, isMatch }, index) => {
      const isIn = at >= (since ?? 0) && at <= (until ?? 1e9);
      return isMatch && isIn ? [{ room: room as NameKey, at, seq: index + 1 }] : [];
    }),
  );
}

const placeOf = ({ room, seq }: { room: string; seq: number }) => `${room}/${seq}`;

test("every match is on one page, whatever the clock, the limits and the work of a page", () => {
  fc.assert(
    fc.property(world, ask, (given, { workUs, ...asked }) => {
      const found = pagesOf(given, asked, workUs).flatMap(({ entries }) => entries.map(placeOf));
      expect(found.sort()).toEqual(naive(given, asked).map(placeOf).sort());
    }),
    { numRuns: 1_500 },
  );
});

test("with work enough, the pages of many rooms are in the order of the times", () => {
  fc.assert(
    fc.property(world, ask, (given, asked) => {
      const pages = pagesOf(given, asked, 1e9);
      const found = pages.flatMap(({ entries }) => entries.toReversed().map(placeOf));
      const several = given.rooms.size > 1;
      const order = several
        ? compareNewest
        : (one: { seq: number }, other: { seq: number }) => other.seq - one.seq;
      expect(found).toEqual(naive(given, asked).sort(order).map(placeOf));
      for (const { entries } of pages) expect(entries.length).toBeLessThanOrEqual(asked.entriesMax);
    }),
    { numRuns: 500 },
  );
});

test("a page is never longer than it may be, and only where there is more it is shorter", () => {
  fc.assert(
    fc.property(world, fc.integer({ min: 1, max: 6 }), (given, entriesMax) => {
      const pages = pagesOf(given, { entriesMax }, 1e9);
      for (const { entries } of pages.slice(0, -1)) expect(entries).toHaveLength(entriesMax);
    }),
    { numRuns: 300 },
  );
});

test("what is said and taken away between two pages changes nothing of the rest", () => {
  const change = fc.record({
    room: fc.nat(4),
    what: fc.constantFrom("say" as const, "redact" as const),
    at: fc.integer({ min: 1, max: 14 }),
    place: fc.nat(),
  });
  fc.assert(
    fc.property(world, ask, fc.array(change, { maxLength: 12 }), (given, asked, changes) => {
      const { workUs, ...bounds } = asked;
      const rooms = new Map([...given.rooms].map(([key, entries]) => [key, [...entries]]));
      const touched = new Set<string>();
      const expected = naive(given, bounds).map(placeOf);
      const found: string[] = [];
      let place: SearchPlace | null = null;
      do {
        const opened = [...rooms].map(([key, entries]) => new FakeRoom(key, entries, true));
        const page: FoundPage = searchRooms(
          opened,
          boundsOf([...rooms.keys()], { ...bounds, place }),
          new SearchWork(workUs),
        );
        found.push(...page.entries.map(placeOf));
        place = page.next;
        const next = changes.pop();
        const [key, entries] = [...rooms][(next?.room ?? 0) % rooms.size] as [string, Said[]];
        if (next?.what === "say") entries.push({ at: next.at, isMatch: true });
        else if (next !== undefined && entries.length > 0) {
          const seq = (next.place % entries.length) + 1;
          touched.add(`${key}/${seq}`);
          entries[seq - 1] = { at: entries[seq - 1]?.at ?? 0, isMatch: false };
        }
      } while (place !== null);
      expect(new Set(found).size).toBe(found.length);
      const missing = expected.filter((one) => !found.includes(one) && !touched.has(one));
      expect(missing).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});
