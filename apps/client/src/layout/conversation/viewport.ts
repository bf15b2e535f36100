// Which rows of a conversation are seen: laid out backwards from where one reads, or from the end.
// What arrives or is fetched beyond the page changes nothing on it. Pure.

import type { Timeline } from "@maru/chat-model/model";
import type { Row } from "@maru/tui/frame";
import type { Anchor } from "../../screen/model/screen-model.ts";
import { namedRows } from "./item-rows.ts";
import {
  lastRow,
  type Place,
  placeBefore,
  placeBehind,
  placeOf,
  type RowPlace,
  rowMoved,
  rowOf,
} from "./item-walk.ts";
import { isShown } from "./presence.ts";
import type { RowContext } from "./row-context.ts";

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
  /** Null: at the end of what is held; the log may go on behind it. */
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

export function viewport(
  timeline: Timeline,
  anchor: Anchor | null,
  height: number,
  context: RowContext,
): Viewport {
  const { bottom: _bottom, ...seen } = pageAt(
    timeline,
    rowOf(timeline, anchor, context),
    height,
    context,
  );
  return withNamedTop(seen, timeline, context);
}

/** Whose message the topmost is, also where their nick stands further up. */
function withNamedTop(seen: Viewport, timeline: Timeline, context: RowContext): Viewport {
  const [top] = seen.rows;
  const { topKey } = seen;
  if (top === undefined || topKey === null) return seen;
  const place = placeOf(timeline, topKey, context);
  const at = place?.rows.indexOf(top) ?? -1;
  if (place === null || at < 0) return seen;
  const named = namedRows(place.item, context);
  // Where the nick has a row of its own, there is none to spare for it.
  const row = named.length === place.rows.length ? named[at] : undefined;
  return row === undefined ? seen : { ...seen, rows: seen.rows.with(0, row) };
}

/** The page that ends with the row `from`, or further down where too little stands above it. */
function pageAt(
  timeline: Timeline,
  from: RowPlace | null,
  height: number,
  context: RowContext,
): Page {
  if (from === null || height < 1) return { ...emptyPage, bottom: from };
  const above = rowsUpTo(timeline, from, height, context);
  const missing = height - above.rows.length;
  const bottom = missing > 0 ? rowMoved(timeline, from, missing, context) : from;
  const below = missing > 0 ? rowsBetween(timeline, from, bottom, context) : { rows: [], keys: [] };
  const keys = [...above.keys, ...below.keys];
  const count = itemsBelow(timeline, bottom, context);
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
  timeline: Timeline,
  from: RowPlace,
  height: number,
  context: RowContext,
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
    for (const _row of part) keys.push(place.item.key);
    missing -= part.length;
    if (missing === 0 && start > 0) {
      return { rows: parts.reverse().flat(), keys: keys.reverse(), isAtTop: false };
    }
    place = placeBefore(timeline, place.index, context);
    end = place?.rows.length ?? 0;
  }
  return { rows: parts.reverse().flat(), keys: keys.reverse(), isAtTop: place === null };
}

/** The rows behind `from` up to `to`, with it. */
function rowsBetween(
  timeline: Timeline,
  from: RowPlace,
  to: RowPlace,
  context: RowContext,
): Stretch {
  const rows: Row[] = [];
  const keys: number[] = [];
  let place: Place | null = from.place;
  let start = from.row + 1;
  while (place !== null && place.index <= to.place.index) {
    const end = place.index === to.place.index ? to.row + 1 : place.rows.length;
    for (const row of place.rows.slice(start, end)) {
      rows.push(row);
      keys.push(place.item.key);
    }
    start = 0;
    place = placeBehind(timeline, place.index, context);
  }
  return { rows, keys };
}

function itemsBelow(timeline: Timeline, { place, row }: RowPlace, context: RowContext): number {
  let count = row < place.rows.length - 1 ? 1 : 0;
  let before = 0;
  for (const chunk of timeline.chunks) {
    const from = Math.max(0, place.index + 1 - before);
    for (let at = from; at < chunk.length; at += 1) {
      const item = chunk[at];
      if (item !== undefined && isShown(item, context)) count += 1;
    }
    before += chunk.length;
  }
  return count;
}

/** Where one reads after turning `rows` further down, or up where that is below 0. */
export function scrolledBy(
  timeline: Timeline,
  anchor: Anchor | null,
  rows: number,
  height: number,
  context: RowContext,
): Scrolled {
  const { bottom } = pageAt(timeline, rowOf(timeline, anchor, context), height, context);
  if (bottom === null) return { anchor: null, hitTop: true, hitEnd: true };
  const moved = rowMoved(timeline, bottom, Math.trunc(rows), context);
  const page = pageAt(timeline, moved, height, context);
  return {
    anchor: page.isAtEnd ? null : anchorOf(page),
    hitTop: page.isAtTop,
    hitEnd: page.isAtEnd,
  };
}

/** The last row of the page. What is fetched before it, or said behind it, then moves nothing. */
function anchorOf({ bottom }: Page): Anchor | null {
  return bottom === null ? null : { key: bottom.place.item.key, row: bottom.row };
}

/** Where to read so that the item with `key` begins at the top, or in the middle; null: at the end. */
export function anchorAtKey(
  timeline: Timeline,
  key: number,
  height: number,
  context: RowContext,
  where: "top" | "middle",
): Anchor | null {
  const place = placeOf(timeline, key, context) ?? lastRow(timeline, context)?.place;
  if (place === undefined) return null;
  const rows = where === "top" ? height - 1 : Math.floor((height - 1) / 2);
  const moved = rowMoved(timeline, { place, row: 0 }, Math.max(0, rows), context);
  const page = pageAt(timeline, moved, height, context);
  // A person who looks for something stays there, also at the end of what is held of a longer log.
  return page.isAtEnd && !timeline.hasNewer ? null : anchorOf(page);
}
