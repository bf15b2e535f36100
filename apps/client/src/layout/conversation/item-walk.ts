// Steps through the items of a timeline that are shown, and through their rows, from any of them.
// Lays out what it comes by and nothing else. Pure.

import { type Item, indexOfKey, itemAt, type Timeline } from "@maru/chat-model/model";
import type { Row } from "@maru/tui/frame";
import type { Anchor } from "../../screen/model/screen-model.ts";
import { itemRows } from "./item-rows.ts";
import { isShown } from "./presence.ts";
import type { RowContext } from "./row-context.ts";

/** An item that is shown and has rows. */
export interface Place {
  readonly index: number;
  readonly item: Item;
  readonly rows: readonly Row[];
}

/** One row of it, from 0. */
export interface RowPlace {
  readonly place: Place;
  readonly row: number;
}

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
  return { index, item, rows: itemRows(item, previous, context) };
}

export function placeBefore(timeline: Timeline, index: number, context: RowContext): Place | null {
  return placeAt(timeline, shownFrom(timeline, index - 1, -1, context), context);
}

export function placeBehind(timeline: Timeline, index: number, context: RowContext): Place | null {
  return placeAt(timeline, shownFrom(timeline, index + 1, 1, context), context);
}

/** The item with `key`, or the nearest that is shown: the one before where it stood, else behind. */
export function placeOf(timeline: Timeline, key: number, context: RowContext): Place | null {
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

/** The last row of all; null: nothing is shown. */
export function lastRow(timeline: Timeline, context: RowContext): RowPlace | null {
  const place = placeBefore(timeline, timeline.count, context);
  return place === null ? null : { place, row: place.rows.length - 1 };
}

/** The row of an anchor, or the nearest one; null: nothing is shown. */
export function rowOf(
  timeline: Timeline,
  anchor: Anchor | null,
  context: RowContext,
): RowPlace | null {
  if (anchor === null) return lastRow(timeline, context);
  const place = placeOf(timeline, anchor.key, context);
  if (place === null) return null;
  const row = Math.max(0, Math.min(Math.trunc(anchor.row) || 0, place.rows.length - 1));
  // Of an item that is gone, the end of what stood before it is nearest.
  return { place, row: place.item.key === anchor.key ? row : place.rows.length - 1 };
}

/** The row `rows` further down, or up where that is below 0; the last or the first if there are fewer. */
export function rowMoved(
  timeline: Timeline,
  from: RowPlace,
  rows: number,
  context: RowContext,
): RowPlace {
  let { place } = from;
  let row = from.row + rows;
  while (row < 0) {
    const before = placeBefore(timeline, place.index, context);
    if (before === null) return { place, row: 0 };
    place = before;
    row += place.rows.length;
  }
  while (row >= place.rows.length) {
    const behind = placeBehind(timeline, place.index, context);
    if (behind === null) return { place, row: place.rows.length - 1 };
    row -= place.rows.length;
    place = behind;
  }
  return { place, row };
}
