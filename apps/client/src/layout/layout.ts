// Where everything stands on a screen of a given size, and what folds away when it is small. Pure.
// Works at any size: the row of the input stays to the last, and the conversation before the rest.

import type { Rectangle } from "@maru/tui/frame";
import { type BoxArea, boxArea } from "@maru/tui/widget";
import type { Pane, ScreenModel } from "../screen/model/screen-model.ts";
import { inputHeight } from "./input-rows.ts";

/** A rectangle of height 0 is not shown. */
export interface Layout {
  readonly title: Rectangle;
  /** With the line between it and the conversation. */
  readonly rooms: Rectangle | null;
  readonly conversation: Rectangle;
  readonly members: Rectangle | null;
  readonly status: Rectangle;
  /** With the row of completions above what is typed, if there is one. */
  readonly input: Rectangle;
  /** Whether the conversation has room for its column of times. */
  readonly hasTime: boolean;
  readonly isNarrow: boolean;
}

/** Columns of the screen below which a pane folds away by itself. */
export const membersFromColumns = 100;
export const roomsFromColumns = 70;
/** Columns of the conversation below which no times are shown. */
export const timeFromColumns = 50;
/** Columns that the conversation keeps when a pane is asked for. */
export const conversationColumnsMin = 24;
/** Rows of the screen from which there are a title and a status row. */
const titleFromRows = 5;
const statusFromRows = 3;
const inputRowsMax = 8;

const within = (value: number, low: number, high: number) =>
  Math.max(low, Math.min(Math.floor(value), high));

function isShown(pane: Pane, width: number, fromColumns: number): boolean {
  return pane === "auto" ? width >= fromColumns : pane === "on";
}

/** Columns of the panes beside the conversation; 0: folded away. */
function paneWidths(model: ScreenModel): { rooms: number; members: number } {
  const { width } = model.size;
  if (model.isBare) return { rooms: 0, members: 0 };
  const wide = within(width / 5, 18, 26);
  const rooms =
    isShown(model.rooms, width, roomsFromColumns) && width - wide >= conversationColumnsMin
      ? wide
      : 0;
  const side = within(width / 7, 14, 22);
  const rest = width - rooms - side;
  const hasNobody = model.chat.current === null;
  const members =
    !hasNobody &&
    isShown(model.members, width, membersFromColumns) &&
    rest >= conversationColumnsMin
      ? side
      : 0;
  return { rooms, members };
}

/** Rows that the input may take on a screen of `height`. */
export function inputRowsAllowed(height: number): number {
  return within(height / 3, 1, inputRowsMax);
}

export function layoutOf(model: ScreenModel): Layout {
  const width = Math.max(1, Math.floor(model.size.width));
  const height = Math.max(1, Math.floor(model.size.height));
  const isNarrow = width < timeFromColumns;
  const titleRows = !model.isBare && height >= titleFromRows ? 1 : 0;
  const statusRows = !model.isBare && height >= statusFromRows ? 1 : 0;
  const inputRows = inputHeight(model, { width, isNarrow, rowsMax: inputRowsAllowed(height) });
  const bodyRows = height - titleRows - statusRows - inputRows;
  const { rooms, members } = paneWidths(model);
  const body = { y: titleRows, height: bodyRows };
  const conversation = { ...body, x: rooms, width: width - rooms - members };
  return {
    title: { x: 0, y: 0, width, height: titleRows },
    rooms: rooms === 0 ? null : { ...body, x: 0, width: rooms },
    conversation,
    members: members === 0 ? null : { ...body, x: width - members, width: members },
    status: { x: 0, y: titleRows + bodyRows, width, height: statusRows },
    input: { x: 0, y: height - inputRows, width, height: inputRows },
    hasTime: conversation.width >= timeFromColumns,
    isNarrow,
  };
}

/**
 * Where what lies on top may be: over the conversation and the members, never over the input while that
 * fits. The rooms stay to be seen: half a name beside a box is ugly, and what is new there may matter.
 */
export function overlayArea({ conversation, input, rooms }: Layout): BoxArea {
  const { y, height } = conversation;
  const screen = { width: input.width, height: input.y + input.height };
  return boxArea({ screen, y, height, left: rooms?.width ?? 0 });
}
