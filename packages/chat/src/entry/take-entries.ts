// How much of a list of entries makes a page: as many as its bounds allow, and at least one.

import type { Entry } from "@maru/protocol/chat";
import { entryBytesMax } from "./entry-bytes.ts";

export interface PageBounds {
  /** Bytes are counted by `entryBytesMax`. */
  readonly entriesMax: number;
  readonly bytesMax: number;
}

export interface Taken {
  /** In the order in which they were walked. */
  readonly entries: Entry[];
  /** The list goes on behind them. */
  readonly more: boolean;
}

/** Takes from a list of `length` entries, from `start` in steps of `step`. */
export function takeEntries(
  length: number,
  entryAt: (index: number) => Entry,
  { start, step }: { readonly start: number; readonly step: 1 | -1 },
  { entriesMax, bytesMax }: PageBounds,
): Taken {
  const entries: Entry[] = [];
  let bytes = 0;
  for (let index = start; index >= 0 && index < length; index += step) {
    const entry = entryAt(index);
    bytes += entryBytesMax(entry);
    const isFull = entries.length > 0 && bytes > bytesMax;
    if (entries.length >= entriesMax || isFull) return { entries, more: true };
    entries.push(entry);
  }
  return { entries, more: false };
}

/** What is left of the bounds for the older half of a page around an entry. */
export function boundsBeside(newer: readonly Entry[], bounds: PageBounds): PageBounds {
  const bytes = newer.reduce((sum, entry) => sum + entryBytesMax(entry), 0);
  return { entriesMax: bounds.entriesMax - newer.length, bytesMax: bounds.bytesMax - bytes };
}

/** The bounds of the newer half, which holds the entry itself. */
export function newerHalf({ entriesMax, bytesMax }: PageBounds): PageBounds {
  return { entriesMax: Math.ceil(entriesMax / 2), bytesMax: bytesMax / 2 };
}
