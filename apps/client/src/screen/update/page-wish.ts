// Which parts of a room's log are wanted. Pure.
// One page of a room at a time; one that can't be had is not asked for again by itself.

import {
  currentRoom,
  firstSeq,
  lastSeq,
  type RoomModel,
  type Sought,
  type Timeline,
  type Wanted,
} from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { layoutOf } from "../../layout/layout.ts";
import { isDirect } from "../model/room-order.ts";
import { anchorOf, type ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { showToast } from "./toast.ts";

type Part = "newest" | "older" | "newer";

/** Asks for what stands beside what is held, if there is anything. */
export function askBeside(model: ScreenModel, room: RoomModel, part: Part): ScreenStep {
  const wanted = wantedOf(room.timeline, part);
  return wanted === null ? stay(model) : askPage(model, room, wanted);
}

/** Asks for a part of the room's log, if it can be had now and no other is on its way. */
export function askPage(model: ScreenModel, room: RoomModel, wanted: Wanted): ScreenStep {
  const key = room.key;
  if (!canAsk(model, room, key)) return stay(model);
  const stuck = new Set(model.stuck);
  stuck.delete(key);
  const next = { ...model, loading: new Set(model.loading).add(key), stuck };
  return stay(next, { type: "page", room: room.name, wanted });
}

/** A room tells nothing to who has not entered it; a conversation is one's own without that. */
function canAsk({ chat, joining, loading }: ScreenModel, room: RoomModel, key: NameKey): boolean {
  const isEntered = (room.memberCount !== null || isDirect(key)) && !joining.has(key);
  return chat.state.phase === "online" && isEntered && !loading.has(key);
}

function wantedOf(timeline: Timeline, part: Part): Wanted | null {
  const first = firstSeq(timeline);
  if (part === "newest" || (part === "older" && !Number.isFinite(first))) return { part: "newest" };
  if (part === "older") return timeline.hasOlder ? { part, before: first, joins: first } : null;
  const last = lastSeq(timeline);
  return timeline.hasNewer ? { part, after: last, joins: last } : null;
}

/** To a place that is not held: one reads there once its page has come. */
export function jumpTo(model: ScreenModel, room: RoomModel, sought: Sought): ScreenModel {
  if (model.chat.state.phase !== "online") {
    return showToast(
      model,
      "that is not here, and can be had only while you are online",
      true,
      "connection",
    );
  }
  return { ...model, jump: { room: room.key, sought } };
}

/** What the current room lacks: the place where one wants to read, or what fills the screen. */
export function askWantedPages(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null) return stay(model);
  if (model.jump !== null) return askPage(model, room, model.jump.sought);
  if (model.stuck.has(room.key)) return stay(model);
  const { timeline } = room;
  const isAtEnd = anchorOf(model) === null;
  if (timeline.hasNewer && isAtEnd) return askBeside(model, room, "newest");
  const isShort = timeline.hasOlder && timeline.count < layoutOf(model).conversation.height;
  return isShort ? askBeside(model, room, "older") : stay(model);
}
