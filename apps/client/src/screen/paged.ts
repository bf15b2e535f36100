// What a part of a room's log does to its timeline when it comes. Pure.

import { roomKey } from "@maru/sdk";
import { withTimeline } from "../model/conversation.ts";
import { type Model, type RoomModel, withRead, withShown } from "../model/model.ts";
import {
  type Timeline,
  withNewerPage,
  withNewestPage,
  withOlderPage,
  withStretch,
} from "../model/timeline.ts";
import { anchoredAt } from "./reading.ts";
import type { ScreenModel } from "./screen-model.ts";
import { type ScreenInput, type ScreenStep, stay } from "./screen-step.ts";
import { toasted } from "./toast.ts";

type Paged = Extract<ScreenInput, { type: "paged" }>;
type NotPaged = Extract<ScreenInput, { type: "not-paged" }>;

export function paged(model: ScreenModel, input: Paged): ScreenStep {
  const room = model.chat.rooms.get(roomKey(input.room));
  const loaded = withoutLoading(model, input.room);
  if (room === undefined) return stay(loaded);
  const timeline = timelineAfter(room, input, model.chat.scrollback);
  const known = withTimeline(loaded.chat, room.name, timeline);
  const chat = input.ends === null ? known : seen(known, room.name, input);
  const next = { ...loaded, chat };
  if (input.wanted.part !== "around" && input.wanted.part !== "at") return stay(next);
  return stay(arrivedAt(next, input));
}

function seen(model: Model, name: string, { wanted, ends }: Paged): Model {
  if (wanted.part === "older" || ends === null) return model;
  return withRead(withShown(model, name, ends.last));
}

function timelineAfter(room: RoomModel, input: Paged, max: number): Timeline {
  const { timeline, head } = room;
  const { wanted, items, more, ends } = input;
  // What came live while the page was on its way, and did not fit then, is behind it.
  const isBehind = (ends?.last ?? 0) < Math.max(head, input.head);
  switch (wanted.part) {
    case "newest": {
      const hasNewer = timeline.hasNewer && isBehind && ends !== null;
      return { ...withNewestPage(timeline, items, more, max), hasNewer };
    }
    case "older":
      return withOlderPage(timeline, items, more, max);
    case "newer":
      return withNewerPage(timeline, items, ends !== null && (more || isBehind), max);
    case "around":
    case "at": {
      if (items.length === 0) return timeline;
      return withStretch(timeline, items, { hasOlder: (ends?.first ?? 0) > 1, hasNewer: isBehind });
    }
  }
}

/** In sight of what was looked for, which is chosen. */
function arrivedAt(model: ScreenModel, input: Paged): ScreenModel {
  const room = model.chat.rooms.get(roomKey(input.room));
  if (room === undefined || roomKey(room.name) !== model.chat.current) return model;
  if (input.at === null) return toasted(model, "nothing was said then, or later");
  const place = anchoredAt(model, room, { seq: input.at }, "middle");
  return { ...place, selected: input.at };
}

export function notPaged(model: ScreenModel, input: NotPaged): ScreenStep {
  const loaded = withoutLoading(model, input.room);
  const stuck = new Set(loaded.stuck).add(roomKey(input.room));
  return stay(toasted({ ...loaded, stuck }, `older messages: ${input.message}`, true));
}

function withoutLoading(model: ScreenModel, room: string): ScreenModel {
  const loading = new Set(model.loading);
  loading.delete(roomKey(room));
  return { ...model, loading };
}
