// Pages of rooms' logs: which are asked for, and what they do to a timeline when they come. Pure.
// One page of a room at a time. Holds the promise that a timeline has no holes: a page that no longer
// joins what is held is dropped.

import type { NameKey } from "@maru/protocol/chat";
import { withTimeline } from "../model/conversation.ts";
import { type Model, withShown } from "../model/model.ts";
import type { Paged, PageWish, Sought, Wanted } from "../model/page.ts";
import type { RoomModel } from "../model/room-model.ts";
import { isDirect } from "../model/room-order.ts";
import {
  firstSeq,
  lastSeq,
  type Timeline,
  withNewerPage,
  withNewestPage,
  withOlderPage,
  withStretch,
} from "../model/timeline.ts";

/** The chat, and which pages are on their way. Holders of more get it back with theirs as it was. */
export interface Paging {
  readonly chat: Model;
  /** Keys of rooms that are being joined again. */
  readonly joining: ReadonlySet<NameKey>;
  /** Keys of rooms of which a page is on its way, and of those of which one could not be had. */
  readonly loading: ReadonlySet<NameKey>;
  readonly stuck: ReadonlySet<NameKey>;
}

interface Asked<Holder> {
  readonly model: Holder;
  readonly effects: readonly PageWish[];
}

type Part = "newest" | "older" | "newer";

/** Asks for what stands beside what is held, if there is anything. */
export function askBeside<Holder extends Paging>(
  model: Holder,
  room: RoomModel,
  part: Part,
): Asked<Holder> {
  const wanted = wantedOf(room.timeline, part);
  return wanted === null ? { model, effects: [] } : askPage(model, room, wanted);
}

/** Asks for a part of the room's log, if it can be had now and no other is on its way. */
export function askPage<Holder extends Paging>(
  model: Holder,
  room: RoomModel,
  wanted: Wanted,
): Asked<Holder> {
  const key = room.key;
  if (!canAsk(model, room)) return { model, effects: [] };
  const stuck = new Set(model.stuck);
  stuck.delete(key);
  const next = { ...model, loading: new Set(model.loading).add(key), stuck };
  return { model: next, effects: [{ type: "page", room: room.name, wanted }] };
}

/** A room tells nothing to who has not entered it; a conversation is one's own without that. */
function canAsk({ chat, joining, loading }: Paging, { key, memberCount }: RoomModel): boolean {
  const isEntered = (memberCount !== null || isDirect(key)) && !joining.has(key);
  return chat.state.phase === "online" && isEntered && !loading.has(key);
}

function wantedOf(timeline: Timeline, part: Part): Wanted | null {
  const first = firstSeq(timeline);
  if (part === "newest" || (part === "older" && !Number.isFinite(first))) return { part: "newest" };
  if (part === "older") return timeline.hasOlder ? { part, before: first, joins: first } : null;
  const last = lastSeq(timeline);
  return timeline.hasNewer ? { part, after: last, joins: last } : null;
}

/** The model after a page of the room with this key came, or did not. */
export function withoutLoading<Holder extends Paging>(model: Holder, key: NameKey): Holder {
  const loading = new Set(model.loading);
  loading.delete(key);
  return { ...model, loading };
}

/** Whether a place is wanted, rather than what stands beside what is held. */
export const isSought = (wanted: Wanted): wanted is Sought =>
  wanted.part === "around" || wanted.part === "at";

export function isSamePlace(one: Sought, other: Sought): boolean {
  if (one.part === "around") return other.part === "around" && one.seq === other.seq;
  return other.part === "at" && one.atMs === other.atMs;
}

/** Whether the end of the room is held, or it is known to be empty. */
export function isEndHeld({ timeline, shown, head }: RoomModel): boolean {
  const isUnknown = lastSeq(timeline) === 0 && timeline.hasOlder && shown < head;
  return !timeline.hasNewer && !isUnknown;
}

/** What a person wants of the room now. */
export interface Reading {
  /** Whether they read at its end. */
  readonly isAtEnd: boolean;
  /** The place of it that they are on their way to. */
  readonly sought: Sought | null;
}

/** What is held may have become another stretch since, and the person may have turned elsewhere. */
export function isFitting(room: RoomModel, { wanted, ends, head }: Paged, to: Reading): boolean {
  const { timeline, shown } = room;
  switch (wanted.part) {
    case "newest": {
      if (timeline.hasNewer) return to.isAtEnd;
      // So much may have come live that what is held begins behind the page, or was cleared since.
      const first = firstSeq(timeline);
      const last = Math.max(ends?.last ?? 0, head);
      return Number.isFinite(first) ? first <= last + 1 : shown <= last;
    }
    case "older":
      return wanted.joins === firstSeq(timeline);
    case "newer":
      return wanted.joins === lastSeq(timeline);
    case "around":
    case "at":
      return to.sought !== null && isSamePlace(to.sought, wanted);
  }
}

/** The chat, and the room, with a page that fits. */
export function withPage(
  chat: Model,
  room: RoomModel,
  page: Paged,
): { readonly chat: Model; readonly room: RoomModel } {
  const timeline = timelineAfter(room, page, chat.scrollback);
  const known = withTimeline(chat, room.name, timeline);
  const seq = shownBy(room, page);
  return {
    chat: seq === null ? known : withShown(known, room.name, seq),
    room: { ...room, timeline },
  };
}

/** What the page showed, but for what is still to come as an event, and is counted then. */
function shownBy(room: RoomModel, { wanted, ends }: Paged): number | null {
  if (wanted.part === "older" || ends === null) return null;
  return room.memberCount === null ? ends.last : Math.min(ends.last, room.head);
}

function timelineAfter(room: RoomModel, page: Paged, max: number): Timeline {
  const { timeline } = room;
  const { wanted, items, ends, head } = page;
  const more = goesOn(page);
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

/**
 * Where nothing that is shown stands on a page, the next one that way is what was wanted. `room`: with
 * the page. Null: there is none, or enough was shown.
 */
export function furtherWanted(room: RoomModel, page: Paged): Wanted | null {
  const { wanted, items, ends } = page;
  if (items.length > 0 || ends === null || !goesOn(page)) return null;
  if (wanted.part === "newer") {
    return { part: "newer", after: ends.last, joins: lastSeq(room.timeline) };
  }
  const joins = firstSeq(room.timeline);
  if (wanted.part === "newest" && Number.isFinite(joins)) return null;
  return { part: "older", before: ends.first, joins };
}
