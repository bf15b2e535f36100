// The newest entries of rooms, in memory: what nearly every page and every resume asks for. Owns one
// window a room, which ends at the room's head and has no holes; the windows used longest ago go.
//
// Invariants: the seqs of a window follow each other, so that an entry's place follows from its seq; a
// window holds at most `recentEntries`; 0 ≤ bytes of a window ≤ bytes of all, and without entries 0.

import { assert } from "@maru/protocol";
import type { Entry, NameKey } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { type PageBounds, type Taken, takeEntries } from "../entry/take-entries.ts";
import type { ReadRange } from "../room-log.ts";
import type { SqliteSettings } from "./settings.ts";
import type { Change } from "./write-entries.ts";

export type RecentBounds = Pick<
  SqliteSettings,
  "recentEntries" | "recentRoomBytes" | "recentBytes"
>;

interface Window {
  /** Ascending without holes, up to the room's head. */
  entries: Entry[];
  bytes: number;
}

/** What a room keeps, for judging whether a window holds all that a range can have. */
interface Extent {
  readonly key: NameKey;
  readonly head: number;
  readonly first: number;
}

export class RecentEntries {
  readonly #bounds: RecentBounds;
  /** In the order of their last use. */
  readonly #windows = new Map<NameKey, Window>();
  #bytes = 0;

  constructor(bounds: RecentBounds) {
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What a committed batch did. */
  apply(change: Change): void {
    const { room, entry } = change;
    if (change.kind === "added") return this.#push(room.key, entry, change.bytes);
    const window = this.#windows.get(room.key);
    const place = window === undefined ? -1 : placeOf(window, entry.seq);
    const before = window?.entries[place];
    if (window === undefined || before === undefined) return;
    assert(before.seq === entry.seq, "an entry in a window stands at its seq's place");
    window.entries[place] = entry;
    this.#count(window, entryBytesMax(entry) - entryBytesMax(before));
    this.#check(window);
  }

  /**
   * Takes over what was read when the room's head was `readHead`; live entries may stand behind it.
   * What doesn't reach from there to `head`, where the room stands now, is let go.
   */
  prepend(key: NameKey, entries: readonly Entry[], readHead: number, head: number): void {
    const window = this.#windows.get(key);
    const firstLive = window?.entries[0]?.seq ?? readHead + 1;
    const older = entries.filter(({ seq }) => seq < firstLive);
    if (older.length === 0 || older.at(-1)?.seq !== firstLive - 1) return;
    const live = window?.entries ?? [];
    // Amendments that came after the reading are not in what was read.
    const isLate = (entry: Entry) =>
      entry.seq > readHead && "target" in entry && entry.target <= readHead;
    const all = [...older, ...live];
    if (live.some(isLate) || all.at(-1)?.seq !== head) return;
    this.#drop(key);
    for (const entry of all) this.#push(key, entry, entryBytesMax(entry));
  }

  /** The page, if the window holds all that belongs on it; else null. */
  read({ key, head, first }: Extent, range: ReadRange, bounds: PageBounds): Taken | null {
    const window = this.#windows.get(key);
    if (window === undefined || window.entries.at(-1)?.seq !== head) return null;
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const { entries } = window;
    const firstHeld = entries[0]?.seq ?? head + 1;
    const entryAt = (index: number) => entries[index] as Entry;
    const take = (walk: { start: number; step: 1 | -1 }) =>
      takeEntries(entries.length, entryAt, walk, bounds);
    if ("after" in range) {
      if (Math.max(range.after + 1, first) < firstHeld) return null;
      return take({ start: Math.max(0, range.after + 1 - firstHeld), step: 1 });
    }
    if ("around" in range) return null;
    const end = Math.min(range.before, head + 1) - firstHeld;
    if (end < 0) return null;
    const page = take({ start: end - 1, step: -1 });
    // Having met the window's beginning, the page may go on before it.
    if (!page.more && firstHeld > first) return null;
    return { entries: page.entries.reverse(), more: page.more };
  }

  /** Entries below `first` are kept no longer. */
  dropBelow(key: NameKey, first: number): void {
    const window = this.#windows.get(key);
    if (window === undefined) return;
    const count = Math.max(0, first - (window.entries[0]?.seq ?? first));
    if (count === 0) return;
    this.#shift(window, count);
    this.#check(window);
  }

  clear(): void {
    this.#windows.clear();
    this.#bytes = 0;
  }

  #push(key: NameKey, entry: Entry, bytes: number): void {
    let window = this.#windows.get(key);
    // After a hole nothing of before is of use: a page must never step over it.
    if (window !== undefined && window.entries.at(-1)?.seq !== entry.seq - 1) {
      this.#drop(key);
      window = undefined;
    }
    if (window === undefined) {
      window = { entries: [], bytes: 0 };
      this.#windows.set(key, window);
    }
    window.entries.push(entry);
    this.#count(window, bytes);
    const { recentEntries, recentRoomBytes, recentBytes } = this.#bounds;
    // A quarter at a time: shifting an array one by one costs its length each time.
    if (window.entries.length > recentEntries || window.bytes > recentRoomBytes) {
      this.#shift(window, Math.ceil(window.entries.length / 4));
    }
    if (this.#bytes > recentBytes) this.#evict(key);
    this.#check(window);
  }

  #shift(window: Window, count: number): void {
    const dropped = window.entries.slice(0, count);
    window.entries = window.entries.slice(count);
    this.#count(window, -dropped.reduce((sum, entry) => sum + entryBytesMax(entry), 0));
  }

  #evict(inUse: NameKey): void {
    for (const key of this.#windows.keys()) {
      if (this.#bytes <= this.#bounds.recentBytes) return;
      if (key !== inUse) this.#drop(key);
    }
  }

  #drop(key: NameKey): void {
    const window = this.#windows.get(key);
    if (window !== undefined) this.#bytes -= window.bytes;
    this.#windows.delete(key);
  }

  #count(window: Window, bytes: number): void {
    window.bytes += bytes;
    this.#bytes += bytes;
  }

  #check({ entries, bytes }: Window): void {
    const { length } = entries;
    const first = entries[0]?.seq ?? 0;
    const last = entries[length - 1]?.seq ?? -1;
    assert(last - first === length - 1, "a window has no holes");
    assert(length <= this.#bounds.recentEntries, "a window holds at most recentEntries");
    assert(0 <= bytes && bytes <= this.#bytes, "0 ≤ bytes of a window ≤ bytes of all windows");
    assert(length > 0 || bytes === 0, "a window without entries has no bytes");
  }
}

/** Without holes, an entry's place follows from its seq. */
function placeOf({ entries }: Window, seq: number): number {
  return seq - (entries[0]?.seq ?? Number.POSITIVE_INFINITY);
}
