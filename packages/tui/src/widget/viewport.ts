// Which rows of a list are seen: laid out backwards from where one reads, or from the end.
// What comes or is fetched beyond the page changes nothing on it. Pure.

import type { Row } from "../frame/frame.ts";
import {
  type Anchor,
  type ItemList,
  lastRow,
  type Place,
  type RowPlace,
  rowMoved,
  rowOf,
} from "./row-walk.ts";

export interface Viewport {
  /** At most `height`, oldest first; fewer only when there are no more. */
  readonly rows: readonly Row[];
  /** For each row, the key of its item. */
  readonly keys: readonly (number | null)[];
  /** Of the first row; null: there is none. */
  readonly topKey: number | null;
  /** The first row of all is seen; the last one is. */
  readonly isAtTop: boolean;
  readonly isAtEnd: boolean;
  /** Items of which the end lies below the last row. */
  readonly below: number;
}

export interface Scrolled {
  /** Null: at the end of what is held; the list may go on behind it. */
  readonly anchor: Anchor | null;
  readonly hitTop: boolean;
  readonly hitEnd: boolean;
}

/** The page, and its last row. */
interface Page extends Viewport {
  readonly bottom: RowPlace | null;
}

const emptyPage: Page = {
  rows: [],
  keys: [],
  topKey: null,
  isAtTop: true,
  isAtEnd: true,
  below: 0,
  bottom: null,
};

/** What is seen of `list` in `height` rows, with the row of the anchor as the last; null: its end. */
export function visiblePart(list: ItemList, anchor: Anchor | null, height: number): Viewport {
  const { bottom: _bottom, ...seen } = pageAt(list, rowOf(list, anchor), height);
  return seen;
}

/** The page that ends with the row `from`, or further down where too little stands above it. */
function pageAt(list: ItemList, from: RowPlace | null, height: number): Page {
  if (from === null || height < 1) return { ...emptyPage, bottom: from };
  const above = rowsUpTo(list, from, height);
  const missing = height - above.rows.length;
  const bottom = missing > 0 ? rowMoved(list, from, missing) : from;
  const below = missing > 0 ? rowsBetween(list, from, bottom) : { rows: [], keys: [] };
  const keys = [...above.keys, ...below.keys];
  const count = itemsBelow(list, bottom);
  return {
    rows: [...above.rows, ...below.rows],
    keys,
    topKey: keys[0] ?? null,
    isAtTop: above.isAtTop,
    isAtEnd: count === 0,
    below: count,
    bottom,
  };
}

interface Stretch {
  readonly rows: readonly Row[];
  readonly keys: readonly number[];
}

/** The last `height` rows up to `from`, with it. */
function rowsUpTo(
  list: ItemList,
  from: RowPlace,
  height: number,
): Stretch & { readonly isAtTop: boolean } {
  const parts: (readonly Row[])[] = [];
  const keys: number[] = [];
  let place: Place | null = from.place;
  let end = from.row + 1;
  let missing = height;
  while (place !== null && missing > 0) {
    const start = Math.max(0, end - missing);
    const part = place.rows.slice(start, end);
    parts.push(part);
    for (const _row of part) keys.push(place.key);
    missing -= part.length;
    if (missing === 0 && start > 0) {
      return { rows: parts.reverse().flat(), keys: keys.reverse(), isAtTop: false };
    }
    place = list.before(place.index);
    end = place?.rows.length ?? 0;
  }
  return { rows: parts.reverse().flat(), keys: keys.reverse(), isAtTop: place === null };
}

/** The rows behind `from` up to `to`, with it. */
function rowsBetween(list: ItemList, from: RowPlace, to: RowPlace): Stretch {
  const rows: Row[] = [];
  const keys: number[] = [];
  let place: Place | null = from.place;
  let start = from.row + 1;
  while (place !== null && place.index <= to.place.index) {
    const end = place.index === to.place.index ? to.row + 1 : place.rows.length;
    for (const row of place.rows.slice(start, end)) {
      rows.push(row);
      keys.push(place.key);
    }
    start = 0;
    place = list.behind(place.index);
  }
  return { rows, keys };
}

function itemsBelow(list: ItemList, { place, row }: RowPlace): number {
  return (row < place.rows.length - 1 ? 1 : 0) + list.countBehind(place.index);
}

/** Where one reads after turning `rows` further down, or up where that is below 0. */
export function scrollBy(
  list: ItemList,
  anchor: Anchor | null,
  rows: number,
  height: number,
): Scrolled {
  const { bottom } = pageAt(list, rowOf(list, anchor), height);
  if (bottom === null) return { anchor: null, hitTop: true, hitEnd: true };
  const moved = rowMoved(list, bottom, Math.trunc(rows));
  const page = pageAt(list, moved, height);
  return {
    anchor: page.isAtEnd ? null : anchorOf(page),
    hitTop: page.isAtTop,
    hitEnd: page.isAtEnd,
  };
}

/** The last row of the page. What is fetched before it, or said behind it, then moves nothing. */
function anchorOf({ bottom }: Page): Anchor | null {
  return bottom === null ? null : { key: bottom.place.key, row: bottom.row };
}

/** Where to read so that the item with `key` begins at the top, or in the middle; null: at the end. */
export function anchorAtItem(
  list: ItemList,
  key: number,
  height: number,
  where: "top" | "middle",
): Anchor | null {
  const place = list.nearest(key) ?? lastRow(list)?.place;
  if (place === undefined) return null;
  const rows = where === "top" ? height - 1 : Math.floor((height - 1) / 2);
  const moved = rowMoved(list, { place, row: 0 }, Math.max(0, rows));
  const page = pageAt(list, moved, height);
  // A person who looks for something stays there, also at the end of what is held of a longer list.
  return page.isAtEnd && !list.goesOn ? null : anchorOf(page);
}
