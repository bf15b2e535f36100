// Where one reads in a room: scrolling by rows and pages, jumping to a message, choosing one. Pure.
// Rows are counted by the view's own layout, so that what is scrolled is what is seen.

import {
  currentRoom,
  firstSeq,
  type Item,
  indexOfKey,
  isIgnored,
  itemAt,
  itemsOf,
  lastSeq,
  messageOf,
  type RoomModel,
} from "@maru/chat-model/model";
import { askBeside } from "@maru/chat-model/update";
import type { Anchor } from "@maru/tui/widget";
import { rowContext } from "../../layout/conversation/row-context.ts";
import { anchorAtKey, scrolledBy, viewport } from "../../layout/conversation/viewport.ts";
import { keyLabel } from "../../layout/key-label.ts";
import { layoutOf } from "../../layout/layout.ts";
import { anchorOf, type ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { jumpTo } from "./page-wish.ts";
import { showToast } from "./toast.ts";

/** Rows of a page that are seen before and after turning it. */
const overlapRows = 2;

export function pageRows(model: ScreenModel): number {
  return Math.max(1, layoutOf(model).conversation.height - overlapRows);
}

/** Scrolls the current room: `rows` < 0 towards older messages. */
export function scroll(model: ScreenModel, rows: number): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null) return stay(model);
  const area = layoutOf(model).conversation;
  const context = rowContext(model, room, area);
  const to = scrolledBy(room.timeline, anchorOf(model), rows, area.height, context);
  const last = itemAt(room.timeline, room.timeline.count - 1);
  if (to.anchor === null && room.timeline.hasNewer && last !== null) {
    // The end of what is held is not the end of the room.
    const held = withAnchor(model, room, endOf(last));
    return askBeside(held, room, "newer");
  }
  const next = withAnchor(model, room, to.anchor);
  return to.hitTop && rows < 0 ? askBeside(next, room, "older") : stay(next);
}

/** The model reading at `anchor`; null: at the end of the room. */
function withAnchor(model: ScreenModel, room: RoomModel, anchor: Anchor | null): ScreenModel {
  const anchors = new Map(model.anchors);
  const key = room.key;
  if (anchor === null) anchors.delete(key);
  else anchors.set(key, anchor);
  return { ...model, anchors };
}

/** Where to go: a message, or the first thing after it. */
type Place = { readonly seq: number } | { readonly after: number };

/** The model with that message in sight; unchanged if it is not held. */
export function anchorAt(
  model: ScreenModel,
  room: RoomModel,
  place: Place,
  where: "top" | "middle",
): ScreenModel {
  const item = itemFor(room, place);
  if (item === null) return model;
  const area = layoutOf(model).conversation;
  const context = rowContext(model, room, area);
  const anchor = anchorAtKey(room.timeline, item.key, area.height, context, where);
  return withAnchor(model, room, anchor);
}

function itemFor({ timeline }: RoomModel, place: Place): Item | null {
  if ("seq" in place) {
    const exact = itemAt(timeline, indexOfKey(timeline, place.seq));
    if (exact !== null) return exact;
  }
  const seq = "seq" in place ? place.seq : place.after;
  return itemsOf(timeline).find(({ key }) => key > seq) ?? null;
}

/**
 * The message with this seq, or the first thing after it, in sight; and chosen, if it is one. Who looks
 * for something has not read what else is in sight: the end counts as seen once one goes on from here.
 */
export function chooseAt(model: ScreenModel, room: RoomModel, seq: number): ScreenModel {
  const place = anchorAt(model, room, { seq }, "middle");
  const last = itemAt(room.timeline, room.timeline.count - 1);
  const isNew = room.unread > 0 && last !== null && anchorOf(place) === null;
  const held = isNew ? withAnchor(place, room, endOf(last)) : place;
  return { ...held, selected: messageOf(room.timeline, seq) === null ? null : seq };
}

/** The last row of an item, however many it has. */
export const endOf = ({ key }: Item): Anchor => ({ key, row: Number.MAX_SAFE_INTEGER });

/** At the newest message: of the room, not of what is held. */
export function atEnd(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  return room === null ? model : withAnchor({ ...model, selected: null, jump: null }, room, null);
}

/** At the oldest message that is held; older ones are fetched. */
export function atTop(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  const first = room === null ? null : itemAt(room.timeline, 0);
  if (room === null || first === null) return stay(model);
  const area = layoutOf(model).conversation;
  const context = rowContext(model, room, area);
  const anchor = anchorAtKey(room.timeline, first.key, area.height, context, "top");
  return askBeside(withAnchor(model, room, anchor), room, "older");
}

/** Where unread messages begin; they are fetched if that is not held. */
export function atDivider(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  if (room === null || room.divider === null)
    return showToast(model, "nothing is unread here", false, "unread");
  const { divider, timeline } = room;
  const isBefore = timeline.hasOlder && divider + 1 < firstSeq(timeline);
  const isBehind = timeline.hasNewer && divider >= lastSeq(timeline);
  if (!isBefore && !isBehind) return anchorAt(model, room, { after: divider }, "top");
  return jumpTo(model, room, { part: "around", seq: divider + 1 });
}

/** Where it is new as far as that is held; of the rest one is told. */
export function atFirstHeld(model: ScreenModel, room: RoomModel): ScreenModel {
  const { divider, timeline, unread } = room;
  if (divider === null) return model;
  const next = anchorAt(model, room, { after: divider }, "top");
  const isWhole = !timeline.hasOlder || firstSeq(timeline) <= divider + 1;
  if (isWhole) return next;
  const told = [`${unread.toLocaleString("en")} unread`, keyLabel(model, "jump-unread")];
  return showToast(next, told.filter((part) => part !== null).join(": "));
}

/** The message before the chosen one, or after it; none is chosen after the newest. */
export function select(model: ScreenModel, step: -1 | 1): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null) return stay(model);
  const messages = itemsOf(room.timeline).filter(
    (item) => item.kind === "message" && !isIgnored(model.chat, item.message.from),
  );
  const at = messages.findIndex(({ key }) => key === model.selected);
  const from = at < 0 ? startOf(model, room, messages) : at + step;
  if (model.selected === null && step > 0) return stay(model);
  const item = messages[from];
  if (item === undefined) {
    if (from < 0) return askBeside(model, room, "older");
    return room.timeline.hasNewer ? askBeside(model, room, "newer") : stay(atEnd(model));
  }
  const next = { ...model, selected: item.key };
  return stay(inSight(next, room, item.key) ? next : shown(next, room, item.key));
}

/** The newest message in sight. */
function startOf(model: ScreenModel, room: RoomModel, messages: readonly Item[]): number {
  const anchor = anchorOf(model);
  if (anchor === null) return messages.length - 1;
  const keys = keysInSight(model, room);
  return messages.findLastIndex(({ key }) => keys.has(key));
}

function keysInSight(model: ScreenModel, room: RoomModel): ReadonlySet<number | null> {
  const area = layoutOf(model).conversation;
  const context = rowContext(model, room, area);
  return new Set(viewport(room.timeline, anchorOf(model), area.height, context).keys);
}

const inSight = (model: ScreenModel, room: RoomModel, key: number): boolean =>
  keysInSight(model, room).has(key);

const shown = (model: ScreenModel, room: RoomModel, key: number): ScreenModel =>
  anchorAt(model, room, { seq: key }, "middle");
