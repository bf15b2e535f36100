// The conversation of the current room, as many rows as its area has: what was said where one reads,
// at the end also what is still on its way, and a kind word where there is nothing. Pure.

import type { RoomModel } from "@maru/chat-model/model";
import { lastSeq } from "@maru/chat-model/model";
import { cutRow, type Row, type Size, wrapSpans } from "@maru/tui/frame";
import { anchorOf, roomShown, type ScreenModel } from "../../screen/model/screen-model.ts";
import { keyLabel } from "../key-label.ts";
import { symbolsOf } from "../symbols.ts";
import { pendingRows } from "./pending-rows.ts";
import { type RowContext, rowContext } from "./row-context.ts";
import { viewport } from "./viewport.ts";

export interface ConversationPane {
  /** As many as the area is high. */
  readonly rows: readonly Row[];
  /** For each row, the key of the item that it belongs to. */
  readonly keys: readonly (number | null)[];
  /** What lies below, when older messages are read. */
  readonly more: number;
}

const textWithoutRoom = "you are in no room: /list tells which there are";

/** For the person who came just now: how to say something, to get help, and to get out. */
function firstSteps(model: ScreenModel, hasRoom: boolean): string[] {
  const { dot } = symbolsOf(model.settings.isAscii);
  const send = keyLabel(model, "send");
  const help = keyLabel(model, "help") ?? "/help";
  const steps = [`${help}: keys and commands`, "/join ROOM", "/quit"].join(` ${dot} `);
  return hasRoom && send !== null ? [`type, and press ${send}`, steps] : [steps];
}

export function conversationPane(model: ScreenModel, area: Size): ConversationPane {
  const height = Math.max(0, Math.floor(area.height));
  const width = Math.max(1, Math.floor(area.width));
  const room = roomShown(model);
  if (room === null) return nowhere(model, width, height);
  const context = rowContext(model, room, { width });
  const isLoading = model.loading.has(room.key);
  const anchor = anchorOf(model);
  const pending = anchor === null ? pendingRows(model, pendingMax(height), context) : [];
  const seen = viewport(room.timeline, anchor, height - pending.length, context);
  if (seen.rows.length === 0) {
    const text = emptyText(model, room, isLoading);
    const shown = context.style.isAscii ? text.replace("…", "") : text;
    const steps = text === nothingSaid ? firstSteps(model, true) : [];
    const rows = pending.length > 0 ? [] : faint([shown, ...steps], width);
    return standing({ rows: [...rows, ...pending], keys: [] }, height);
  }
  const keys = [...seen.keys, ...pending.map(() => null)];
  const page = standing({ rows: [...seen.rows, ...pending], keys }, height);
  const more = anchor === null ? 0 : seen.below + unheld(room);
  const isFetching = isLoading && seen.isAtTop;
  return {
    ...(isFetching ? withFetching(page, seen.rows.length + pending.length, context) : page),
    more,
  };
}

const nowhere = (model: ScreenModel, width: number, height: number): ConversationPane =>
  standing(
    { rows: faint([textWithoutRoom, ...firstSteps(model, false)], width), keys: [] },
    height,
  );

const nothingSaid = "nothing was said here yet";

/** Why there is nothing to be read. */
function emptyText({ chat }: ScreenModel, room: RoomModel, isLoading: boolean): string {
  if (chat.state.phase !== "online")
    return "not connected: what you send is kept, and goes out then";
  if (isLoading || room.memberCount === null) return "loading what was said…";
  return nothingSaid;
}

/** What is pending leaves half of the area to what was said. */
const pendingMax = (height: number) => Math.max(1, Math.floor(height / 2));

/** Entries behind what is held: as many as seqs, of which some may be no messages. */
function unheld({ timeline, head }: RoomModel): number {
  return timeline.hasNewer ? Math.max(1, head - lastSeq(timeline)) : 0;
}

/** What is shorter than the area stands at its bottom. */
function standing(
  { rows, keys }: Pick<ConversationPane, "rows" | "keys">,
  height: number,
): ConversationPane {
  const shown = height === 0 ? [] : rows.slice(-height);
  const missing = height - shown.length;
  const blank: Row[] = Array.from({ length: missing }, () => []);
  const all = [...blank, ...shown];
  const shownKeys = keys.slice(-Math.max(1, shown.length));
  return { rows: all, keys: all.map((_row, index) => shownKeys[index - missing] ?? null), more: 0 };
}

/** Above the oldest row; where that is the first of the area, instead of it. */
function withFetching(
  page: ConversationPane,
  count: number,
  { style }: RowContext,
): ConversationPane {
  const at = Math.max(0, page.rows.length - count - 1);
  const text = style.isAscii ? "loading older messages" : "loading older messages…";
  const row = cutRow([{ text, role: "faint" }], style.width);
  return { ...page, rows: page.rows.with(at, row), keys: page.keys.with(at, null) };
}

function faint(texts: readonly string[], width: number): Row[] {
  return texts.flatMap((text) => wrapSpans([{ text, role: "faint" }], width));
}
