// Which parts of a room's log are wanted. Pure.
// One page of a room at a time; one that can't be had is not asked for again by itself.

import { roomKey } from "@maru/sdk";
import { currentRoom, type RoomModel } from "../model/model.ts";
import { firstSeq, lastSeq, type Timeline } from "../model/timeline.ts";
import { layoutOf } from "../view/screen/layout.ts";
import { anchorOf, type ScreenModel } from "./screen-model.ts";
import { type ScreenStep, stay, type Wanted } from "./screen-step.ts";

type Part = "newest" | "older" | "newer" | { readonly seq: number } | { readonly atMs: number };

/** Asks for a part of the room's log, if there is one and nothing is on its way. */
export function pageWanted(model: ScreenModel, room: RoomModel, part: Part): ScreenStep {
  const key = roomKey(room.name);
  const wanted = wantedOf(room.timeline, part);
  const isOnline = model.chat.state.phase === "online";
  if (wanted === null || !isOnline || room.memberCount === null || model.loading.has(key)) {
    return stay(model);
  }
  const stuck = new Set(model.stuck);
  stuck.delete(key);
  const next = { ...model, loading: new Set(model.loading).add(key), stuck };
  return stay(next, { type: "page", room: room.name, wanted });
}

function wantedOf(timeline: Timeline, part: Part): Wanted | null {
  if (typeof part === "object") {
    return "seq" in part ? { part: "around", seq: part.seq } : { part: "at", atMs: part.atMs };
  }
  const first = firstSeq(timeline);
  if (part === "newest" || (part === "older" && !Number.isFinite(first))) return { part: "newest" };
  if (part === "older") return timeline.hasOlder ? { part, before: first } : null;
  return timeline.hasNewer ? { part, after: lastSeq(timeline) } : null;
}

/** What the current room lacks to fill the screen. */
export function wantedPages(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null || model.stuck.has(roomKey(room.name))) return stay(model);
  const { timeline } = room;
  const isAtEnd = anchorOf(model) === null;
  if (timeline.hasNewer && isAtEnd) return pageWanted(model, room, "newest");
  const isShort = timeline.hasOlder && timeline.count < layoutOf(model).conversation.height;
  return isShort ? pageWanted(model, room, "older") : stay(model);
}
