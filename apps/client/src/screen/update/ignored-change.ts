// What it does to the screen that a person is ignored, or no longer. Pure. What is held of the chat has
// changed already: model/ignoring.ts.

import {
  currentRoom,
  emptyTimeline,
  indexOfKey,
  itemsOf,
  messageOf,
  withNothingHeld,
} from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import type { Anchor } from "@maru/tui/widget";
import type { ScreenModel } from "../model/screen-model.ts";
import { endOf } from "./reading.ts";

/** What pointed to a person who is ignored now points beside it; who no longer is comes back. */
export function withIgnoredChange(before: ScreenModel, model: ScreenModel): ScreenModel {
  if (before.chat.ignored === model.chat.ignored) return model;
  return withIgnoredBack(before, withoutLostPlaces(model));
}

function withoutLostPlaces(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  const { selected } = model;
  const isThere = room !== null && selected !== null && messageOf(room.timeline, selected) !== null;
  const anchors = new Map(
    [...model.anchors].flatMap(([key, anchor]): [NameKey, Anchor][] => {
      const timeline = model.chat.rooms.get(key)?.timeline ?? emptyTimeline;
      if (indexOfKey(timeline, anchor.key) >= 0) return [[key, anchor]];
      const before = itemsOf(timeline).findLast((item) => item.key > 0 && item.key <= anchor.key);
      return before === undefined ? [] : [[key, endOf(before)]];
    }),
  );
  return { ...model, anchors, selected: isThere ? selected : null };
}

function withIgnoredBack(before: ScreenModel, model: ScreenModel): ScreenModel {
  const isBack = [...before.chat.ignored].some((nick) => !model.chat.ignored.has(nick));
  return isBack ? withSaidAgain({ ...model, isMissingSaid: true }) : model;
}

/** What a person said who is ignored no longer is in the log: all of it is fetched anew, once it can be. */
export function withSaidAgain(model: ScreenModel): ScreenModel {
  if (!model.isMissingSaid || model.chat.state.phase !== "online") return model;
  const chat = [...model.chat.rooms.values()].reduce(withNothingHeld, model.chat);
  return { ...model, chat, anchors: new Map(), jump: null, selected: null, isMissingSaid: false };
}
