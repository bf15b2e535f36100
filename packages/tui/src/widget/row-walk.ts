// Steps through the rows of items of unequal height, from any of them. Pure.
// Asks for the rows of what it comes by and of nothing else, so that a long list costs no more.

import type { Row } from "../frame/frame.ts";

/** Where one reads: the last row that is seen is row `row` (from 0) of the item with this key. */
export interface Anchor {
  readonly key: number;
  readonly row: number;
}

/** An item that is shown, and its rows: one at least. */
export interface Place {
  readonly index: number;
  readonly key: number;
  readonly rows: readonly Row[];
}

/** One row of it, from 0. */
export interface RowPlace {
  readonly place: Place;
  readonly row: number;
}

/** Items in their order, of which some may not be shown; they are laid out when they are asked for. */
export interface ItemList {
  /** Of all items. Indexes go from 0 below it. */
  readonly count: number;
  /** More follow behind the last, that are not held. */
  readonly goesOn: boolean;
  /** The nearest that is shown before `index`, or behind it. */
  before(index: number): Place | null;
  behind(index: number): Place | null;
  /** The item with `key`; if it is gone or not shown, the nearest that is. */
  nearest(key: number): Place | null;
  /** How many are shown behind `index`. */
  countBehind(index: number): number;
}

/** The last row of all; null: nothing is shown. */
export function lastRow(list: ItemList): RowPlace | null {
  const place = list.before(list.count);
  return place === null ? null : { place, row: place.rows.length - 1 };
}

/** The row of an anchor, or the nearest one; null: nothing is shown. */
export function rowOf(list: ItemList, anchor: Anchor | null): RowPlace | null {
  if (anchor === null) return lastRow(list);
  const place = list.nearest(anchor.key);
  if (place === null) return null;
  const row = Math.max(0, Math.min(Math.trunc(anchor.row) || 0, place.rows.length - 1));
  // Of an item that is gone, the end of what stood before it is nearest.
  return { place, row: place.key === anchor.key ? row : place.rows.length - 1 };
}

/** The row `rows` further down, or up where that is below 0; the last or the first if there are fewer. */
export function rowMoved(list: ItemList, from: RowPlace, rows: number): RowPlace {
  let { place } = from;
  let row = from.row + rows;
  while (row < 0) {
    const before = list.before(place.index);
    if (before === null) return { place, row: 0 };
    place = before;
    row += place.rows.length;
  }
  while (row >= place.rows.length) {
    const behind = list.behind(place.index);
    if (behind === null) return { place, row: place.rows.length - 1 };
    row -= place.rows.length;
    place = behind;
  }
  return { place, row };
}
