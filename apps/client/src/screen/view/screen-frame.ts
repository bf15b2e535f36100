// The whole screen as a frame: every pane in its place, what lies on top, and the caret. Pure.
// Called for each drawing; whatever the model holds, every row fits and nothing throws.

import { cutRow, type Frame, fitRow, type Row, type Size } from "@maru/tui/frame";
import { drawnOver } from "@maru/tui/widget";
import { conversationPane } from "../../layout/conversation/conversation-pane.ts";
import { inputRows } from "../../layout/input-rows.ts";
import { inputRowsAllowed, type Layout, layoutOf, overlayArea } from "../../layout/layout.ts";
import { overlayView } from "../../layout/overlay/overlay-view.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { membersPane } from "./members-pane.ts";
import { roomsPane } from "./rooms-pane.ts";
import { statusRow } from "./status-row.ts";
import { titleRow } from "./title-row.ts";

export function screenFrame(model: ScreenModel): Frame {
  const layout = layoutOf(model);
  const size = { width: layout.input.width, height: layout.input.y + layout.input.height };
  const { rows: body, more } = bodyRows(model, layout);
  const rowsMax = inputRowsAllowed(size.height);
  const input = inputRows(model, { width: size.width, isNarrow: layout.isNarrow, rowsMax });
  const base: Row[] = [
    ...(layout.title.height > 0 ? [titleRow(model, size.width)] : []),
    ...body,
    ...(layout.status.height > 0
      ? [statusRow(model, size.width, { more, isFolded: layout.rooms === null })]
      : []),
    ...input.rows,
  ];
  const rows = base.slice(0, size.height);
  const caret = { x: input.caret.x, y: layout.input.y + input.caret.y };
  if (model.overlay === null) return { ...size, rows, caret: within(caret, size) };
  return withOverlay(model, layout, { ...size, rows, caret: null });
}

/** What lies over the conversation, drawn over it; the caret is in it, or nowhere. */
function withOverlay(model: ScreenModel, layout: Layout, frame: Frame): Frame {
  const box = overlayArea(layout);
  const view = overlayView(model, box);
  if (view === null) return frame;
  const drawn = drawnOver(frame, box, view);
  return { ...drawn, caret: drawn.caret === null ? null : within(drawn.caret, frame) };
}

function within({ x, y }: { x: number; y: number }, { width, height }: Size) {
  const bound = (value: number, max: number) => Math.max(0, Math.min(value, max - 1));
  return { x: bound(x, width), y: bound(y, height) };
}

/** The panes side by side. Those at the sides are as wide as their areas. */
function bodyRows(model: ScreenModel, layout: Layout): { rows: Row[]; more: number } {
  const { conversation, rooms, members } = layout;
  const { width, height } = conversation;
  if (height === 0) return { rows: [], more: 0 };
  const talk = conversationPane(model, conversation);
  const left = rooms === null ? [] : roomsPane(model, rooms);
  const right = members === null ? [] : membersPane(model, members);
  const rows = Array.from({ length: height }, (_, y): Row => {
    const middle = talk.rows[y] ?? [];
    const fitted = members === null ? cutRow(middle, width) : fitRow(middle, width);
    return [...(left[y] ?? []), ...fitted, ...(right[y] ?? [])];
  });
  return { rows, more: talk.more };
}
