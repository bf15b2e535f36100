// What a part of a room's log does to its timeline when it comes. Pure.
// Holds the promise that a timeline has no holes: a page that no longer joins what is held is dropped.

import {
  firstSeq,
  lastSeq,
  type NotPaged,
  type Paged,
  type RoomModel,
  type Sought,
  type Timeline,
  type Wanted,
  withNewerPage,
  withNewestPage,
  withOlderPage,
  withShown,
  withStretch,
  withTimeline,
} from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { askPage } from "./page-wish.ts";
import { anchorAt, atFirstHeld, chooseAt } from "./reading.ts";
import { showToast } from "./toast.ts";

export function takePage(model: ScreenModel, input: Paged): ScreenStep {
  const room = model.chat.rooms.get(roomKey(input.room));
  const loaded = withoutLoading(model, input.room);
  if (room === undefined || !isFitting(model, room, input)) return stay(loaded);
  const timeline = timelineAfter(room, input, model.chat.scrollback);
  const known = withTimeline(loaded.chat, room.name, timeline);
  const seq = shownBy(room, input);
  const next = { ...loaded, chat: seq === null ? known : withShown(known, room.name, seq) };
  if (isSought(input.wanted)) return stay(arrivedAt(next, { ...room, timeline }, input.at));
  return further(next, { ...room, timeline }, input);
}

const isSought = (wanted: Wanted): wanted is Sought =>
  wanted.part === "around" || wanted.part === "at";

/** What is held may have become another stretch since, and the person may have turned elsewhere. */
function isFitting(model: ScreenModel, room: RoomModel, input: Paged): boolean {
  const { name, timeline, shown } = room;
  const { wanted, ends } = input;
  switch (wanted.part) {
    case "newest": {
      if (timeline.hasNewer) return !model.anchors.has(roomKey(name));
      // So much may have come live that what is held begins behind the page, or was cleared since.
      const first = firstSeq(timeline);
      const last = Math.max(ends?.last ?? 0, input.head);
      return Number.isFinite(first) ? first <= last + 1 : shown <= last;
    }
    case "older":
      return wanted.joins === firstSeq(timeline);
    case "newer":
      return wanted.joins === lastSeq(timeline);
    case "around":
    case "at":
      return model.jump?.room === roomKey(name) && isSame(model.jump.sought, wanted);
  }
}

function isSame(one: Sought, other: Sought): boolean {
  if (one.part === "around") return other.part === "around" && one.seq === other.seq;
  return other.part === "at" && one.atMs === other.atMs;
}

/** What the page showed, but for what is still to come as an event, and is counted then. */
function shownBy(room: RoomModel, { wanted, ends }: Paged): number | null {
  if (wanted.part === "older" || ends === null) return null;
  return room.memberCount === null ? ends.last : Math.min(ends.last, room.head);
}

function timelineAfter(room: RoomModel, input: Paged, max: number): Timeline {
  const { timeline } = room;
  const { wanted, items, ends, head } = input;
  const more = goesOn(input);
  // What came live while the page was on its way, and did not fit then, is behind it.
  const isBehind = room.head > Math.max(ends?.last ?? 0, head);
  switch (wanted.part) {
    case "newest":
      return {
        ...withNewestPage(timeline, items, more, max),
        hasNewer: timeline.hasNewer && isBehind && ends !== null,
      };
    case "older":
      return withOlderPage(timeline, items, more, max);
    case "newer":
      return withNewerPage(timeline, items, ends !== null && (more || isBehind), max);
    case "around":
    case "at": {
      if (ends === null || items.length === 0) return timeline;
      const hasNewer = ends.last < Math.max(room.head, head);
      return withStretch(timeline, items, { hasOlder: ends.first > 1, hasNewer });
    }
  }
}

/** Whether there is more; a server that says so for ever, and gives nothing new, is not believed. */
function goesOn({ wanted, more, ends }: Paged): boolean {
  if (!more || ends === null) return false;
  if (wanted.part === "older") return ends.first < wanted.before;
  return wanted.part !== "newer" || ends.last > wanted.after;
}

/** Where nothing that is shown stands on a page, the next one that way is what was wanted. */
function further(model: ScreenModel, room: RoomModel, input: Paged): ScreenStep {
  const { wanted, items, ends } = input;
  if (items.length > 0 || ends === null || !goesOn(input)) return stay(model);
  if (wanted.part === "newer") {
    const joins = lastSeq(room.timeline);
    return askPage(model, room, { part: "newer", after: ends.last, joins });
  }
  const joins = firstSeq(room.timeline);
  if (wanted.part === "newest" && Number.isFinite(joins)) return stay(model);
  return askPage(model, room, { part: "older", before: ends.first, joins });
}

/** In sight of what was looked for, which is chosen; where unread messages begin, at the top. */
function arrivedAt(model: ScreenModel, room: RoomModel, at: number | null): ScreenModel {
  const next = { ...model, jump: null };
  if (at === null) return showToast(next, "nothing was said then, or later");
  if (room.divider !== null && at === room.divider + 1) {
    return anchorAt(next, room, { after: room.divider }, "top");
  }
  return chooseAt(next, room, at);
}

const parts: Readonly<Record<Wanted["part"], string>> = {
  newest: "newest messages",
  older: "older messages",
  newer: "newer messages",
  around: "messages from there",
  at: "messages of that time",
};

export function takePageFailure(
  model: ScreenModel,
  { room, wanted, message }: NotPaged,
): ScreenStep {
  const loaded = withoutLoading(model, room);
  const stuck = new Set(loaded.stuck).add(roomKey(room));
  const { jump } = model;
  const isOver = isSought(wanted) && jump !== null && isSame(jump.sought, wanted);
  const next = { ...loaded, stuck, jump: isOver ? null : jump };
  const told = showToast(next, `no ${parts[wanted.part]}: ${message}`, true, "room");
  const known = model.chat.rooms.get(roomKey(room));
  // A person on their way to where it is new has not read the rest by that.
  const isUnread = isOver && wanted.part === "around" && wanted.seq === (known?.divider ?? -2) + 1;
  return stay(isUnread && known !== undefined ? atFirstHeld(told, known) : told);
}

function withoutLoading(model: ScreenModel, room: string): ScreenModel {
  const loading = new Set(model.loading);
  loading.delete(roomKey(room));
  return { ...model, loading };
}
