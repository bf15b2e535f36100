// Which parts of a room's log the screen lacks. Pure.
// One that can't be had is not asked for again by itself.

import { currentRoom, type RoomModel, type Sought } from "@maru/chat-model/model";
import { askBeside, askPage } from "@maru/chat-model/update";
import { layoutOf } from "../../layout/layout.ts";
import { anchorOf, type ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { showToast } from "./toast.ts";

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
