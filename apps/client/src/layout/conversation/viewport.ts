// Which rows of a conversation are seen, and where one reads after scrolling: the topmost message says
// whose it is. Pure.

import { indexOfKey, itemAt, type Timeline } from "@maru/chat-model/model";
import {
  type Anchor,
  anchorAtItem,
  type Scrolled,
  scrollBy,
  type Viewport,
  visiblePart,
} from "@maru/tui/widget";
import { namedRows } from "./item-rows.ts";
import type { RowContext } from "./row-context.ts";
import { shownItems } from "./shown-items.ts";

export function viewport(
  timeline: Timeline,
  anchor: Anchor | null,
  height: number,
  context: RowContext,
): Viewport {
  const seen = visiblePart(shownItems(timeline, context), anchor, height);
  return withNamedTop(seen, timeline, context);
}

/** Whose message the topmost is, also where their nick stands further up. */
function withNamedTop(seen: Viewport, timeline: Timeline, context: RowContext): Viewport {
  const [top] = seen.rows;
  const { topKey } = seen;
  if (top === undefined || topKey === null) return seen;
  const item = itemAt(timeline, indexOfKey(timeline, topKey));
  const rows = shownItems(timeline, context).nearest(topKey)?.rows ?? [];
  const at = rows.indexOf(top);
  if (item === null || at < 0) return seen;
  const named = namedRows(item, context);
  // Where the nick has a row of its own, there is none to spare for it.
  const row = named.length === rows.length ? named[at] : undefined;
  return row === undefined ? seen : { ...seen, rows: seen.rows.with(0, row) };
}

/** Where one reads after turning `rows` further down, or up where that is below 0. */
export function scrolledBy(
  timeline: Timeline,
  anchor: Anchor | null,
  rows: number,
  height: number,
  context: RowContext,
): Scrolled {
  return scrollBy(shownItems(timeline, context), anchor, rows, height);
}

/** Where to read so that the item with `key` begins at the top, or in the middle; null: at the end. */
export function anchorAtKey(
  timeline: Timeline,
  key: number,
  height: number,
  context: RowContext,
  where: "top" | "middle",
): Anchor | null {
  return anchorAtItem(shownItems(timeline, context), key, height, where);
}
