// The items of a timeline that are shown, as a list to be scrolled over: laid out when one comes by.
// Pure.

import { indexOfKey, itemAt, type Timeline } from "@maru/chat-model/model";
import type { ItemList, Place } from "@maru/tui/widget";
import { itemRows } from "./item-rows.ts";
import { isShown } from "./presence.ts";
import type { RowContext } from "./row-context.ts";

/** The nearest shown item before `index` (`step` -1) or behind it, at `index` at the earliest. */
function shownFrom(timeline: Timeline, index: number, step: -1 | 1, context: RowContext): number {
  for (let at = index; ; at += step) {
    const item = itemAt(timeline, at);
    if (item === null) return -1;
    if (isShown(item, context)) return at;
  }
}

function placeAt(timeline: Timeline, index: number, context: RowContext): Place | null {
  const item = itemAt(timeline, index);
  if (item === null) return null;
  const previous = itemAt(timeline, shownFrom(timeline, index - 1, -1, context));
  return { index, key: item.key, rows: itemRows(item, previous, context) };
}

function placeBefore(timeline: Timeline, index: number, context: RowContext): Place | null {
  return placeAt(timeline, shownFrom(timeline, index - 1, -1, context), context);
}

function placeBehind(timeline: Timeline, index: number, context: RowContext): Place | null {
  return placeAt(timeline, shownFrom(timeline, index + 1, 1, context), context);
}

/** The item with `key`, or the nearest that is shown: the one before where it stood, else behind. */
function nearestPlace(timeline: Timeline, key: number, context: RowContext): Place | null {
  const index = nearestIndex(timeline, key);
  return placeBefore(timeline, index + 1, context) ?? placeBehind(timeline, index, context);
}

function nearestIndex(timeline: Timeline, key: number): number {
  const exact = indexOfKey(timeline, key);
  if (exact >= 0) return exact;
  // Seqs count up with time, and the keys of what has no seq count down.
  let index = -1;
  for (const item of timeline.chunks.flat()) {
    const isLater = key > 0 ? item.key > key : item.key < key;
    if (isLater) break;
    index += 1;
  }
  return Math.max(0, index);
}

function countBehind({ chunks }: Timeline, index: number, context: RowContext): number {
  let count = 0;
  let before = 0;
  for (const chunk of chunks) {
    for (let at = Math.max(0, index + 1 - before); at < chunk.length; at += 1) {
      const item = chunk[at];
      if (item !== undefined && isShown(item, context)) count += 1;
    }
    before += chunk.length;
  }
  return count;
}

export function shownItems(timeline: Timeline, context: RowContext): ItemList {
  return {
    count: timeline.count,
    goesOn: timeline.hasNewer,
    before: (index) => placeBefore(timeline, index, context),
    behind: (index) => placeBehind(timeline, index, context),
    nearest: (key) => nearestPlace(timeline, key, context),
    countBehind: (index) => countBehind(timeline, index, context),
  };
}
