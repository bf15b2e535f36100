// Which rooms of the list are to be seen, and in which rows of its pane. Pure.
// The current one always is; longer lists scroll around it.

import { roomOrder } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { windowOf } from "@maru/tui/frame";
import type { ScreenModel } from "../screen/model/screen-model.ts";

export interface RoomsShown {
  /** Whether the first row is a heading; the keys follow it, one a row. */
  readonly hasHeading: boolean;
  readonly keys: readonly NameKey[];
  /** Rooms above those, and all there are. */
  readonly top: number;
  readonly all: number;
}

/** Rows of the pane from which it has a heading. */
const headingFromRows = 4;

export function roomsShown(model: ScreenModel, height: number): RoomsShown {
  const order = roomOrder(model);
  const hasHeading = height >= headingFromRows;
  const at = model.chat.current === null ? -1 : order.indexOf(model.chat.current);
  const { top, count } = windowOf(order.length, height - (hasHeading ? 1 : 0), at);
  return { hasHeading, keys: order.slice(top, top + count), top, all: order.length };
}

/** The room in row `y` of a pane of `height` rows. */
export function roomInRow(model: ScreenModel, height: number, y: number): NameKey | null {
  const { hasHeading, keys } = roomsShown(model, height);
  return keys[y - (hasHeading ? 1 : 0)] ?? null;
}
