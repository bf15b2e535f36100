// A page of a room's log that came, or did not: where one reads then. Pure.

import type { NotPaged, Paged, RoomModel, Wanted } from "@maru/chat-model/model";
import {
  askPage,
  furtherWanted,
  isFitting,
  isSamePlace,
  isSought,
  withoutLoading,
  withPage,
} from "@maru/chat-model/update";
import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { anchorAt, atFirstHeld, chooseAt } from "./reading.ts";
import { showToast } from "./toast.ts";

export function takePage(model: ScreenModel, input: Paged): ScreenStep {
  const key = roomKey(input.room);
  const known = model.chat.rooms.get(key);
  const loaded = withoutLoading(model, key);
  if (known === undefined || !isFitting(known, input, readingOf(model, key))) return stay(loaded);
  const { chat, room } = withPage(loaded.chat, known, input);
  const next = { ...loaded, chat };
  if (isSought(input.wanted)) return stay(arrivedAt(next, room, input.at));
  const further = furtherWanted(room, input);
  return further === null ? stay(next) : askPage(next, room, further);
}

const readingOf = ({ anchors, jump }: ScreenModel, key: NameKey) => ({
  isAtEnd: !anchors.has(key),
  sought: jump?.room === key ? jump.sought : null,
});

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
  const key = roomKey(room);
  const loaded = withoutLoading(model, key);
  const stuck = new Set(loaded.stuck).add(key);
  const { jump } = model;
  const isOver = isSought(wanted) && jump !== null && isSamePlace(jump.sought, wanted);
  const next = { ...loaded, stuck, jump: isOver ? null : jump };
  const told = showToast(next, `no ${parts[wanted.part]}: ${message}`, true, "room");
  const known = model.chat.rooms.get(key);
  // A person on their way to where it is new has not read the rest by that.
  const isUnread = isOver && wanted.part === "around" && wanted.seq === (known?.divider ?? -2) + 1;
  return stay(isUnread && known !== undefined ? atFirstHeld(told, known) : told);
}
