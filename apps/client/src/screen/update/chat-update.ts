// What the chat's own inputs do to the full screen: the shared update does the work, and what line
// mode would print is shown in its place: the timeline, a list, a pager, a passing word. Pure.

import {
  currentRoom,
  type Effect,
  type Input,
  type Line,
  type Model,
  roomOrder,
  settleSend,
  withLocalItem,
  withSends,
} from "@maru/chat-model/model";
import { callsOf } from "@maru/chat-model/notify";
import { update } from "@maru/chat-model/update";
import { roomKey } from "@maru/sdk/chat";
import type { ScreenModel } from "../model/screen-model.ts";
import { chain, type ScreenStep, stay } from "../model/screen-step.ts";
import type { ToastAbout } from "../model/toast.ts";
import { withIgnoredChange } from "./ignored-change.ts";
import { withDirectory, withFound, withoutWaiting, withWaiting } from "./lists.ts";
import { arriveFrom, atUnread, openRoom } from "./opening.ts";
import { atEnd } from "./reading.ts";
import { withRoomChanges } from "./room-changes.ts";
import { addToast, showToast, type Told } from "./toast.ts";
import { performAct } from "./ui-acts.ts";

export function updateChat(model: ScreenModel, input: Input): ScreenStep {
  switch (input.type) {
    case "found":
      return stay(withFound(model, input));
    case "directory":
      return stay(withDirectory(model, input));
    case "said":
      return passToChat(settleSend(model, input), input);
    case "failed":
      return passToChat(withoutWaiting(settleSend(model, input), input.effect), input);
    case "inbox":
      return chain(passToChat(model, input), (after) =>
        stay(isFirst(model) ? atUnread(after) : after),
      );
    case "event":
      return event(model, input);
    default:
      return passToChat(model, input);
  }
}

/** Whether it was not known yet where the current room is new. */
const isFirst = ({ chat }: ScreenModel): boolean => currentRoom(chat)?.isMarked === null;

/** Through the shared update; its lines and effects become the screen's. */
function passToChat(model: ScreenModel, input: Input): ScreenStep {
  // Whether another room is read at once depends on where one arrives in it.
  const seen = mayMove(input) ? { ...model.chat, isWatching: false } : model.chat;
  const { model: next, lines, effects } = update(seen, input);
  const chat = withoutMove(model, input, next);
  const changed = arriveFrom({ ...model, chat }, model.chat.current);
  const told = withLines(withIgnoredChange(model, changed), input, lines);
  const shown = withoutParted(asksLast(input) ? newest(told) : told, effects);
  const own = effects.filter((effect) => effect.type === "display");
  const sent: ScreenStep = withSends(withWaiting(shown, effects), effects.filter(isWanted));
  return own.reduce((next, { act }) => chain(next, (after) => performAct(after, act)), sent);
}

/** A person who leaves a room turns away at once: what is typed before the answer is not meant for it. */
function withoutParted(model: ScreenModel, effects: readonly Effect[]): ScreenModel {
  const { current, past } = model.chat;
  const isLeft = effects.some((each) => each.type === "leave" && roomKey(each.room) === current);
  if (!isLeft) return model;
  const next = past.at(-1) ?? roomOrder(model).find((key) => key !== current);
  return next === undefined ? model : openRoom(model, next);
}

const asksLast = (input: Input): boolean =>
  input.type === "typed" && /^\/last(\s|$)/i.test(input.line);

/** What /last lists elsewhere stands here already. */
function newest(model: ScreenModel): ScreenModel {
  if (currentRoom(model.chat) === null || model.toast?.isError === true) return model;
  return showToast(atEnd(model), "these are the newest messages; scroll up for older ones");
}

/** Whose room was taken away stays where they are, in none, until they go somewhere themselves. */
function withoutMove({ chat, lineOf }: ScreenModel, { type }: Input, next: Model): Model {
  const isMoved = type === "event" && chat.current === null && next.current !== null;
  if (!isMoved || lineOf === null || next.current === lineOf) return next;
  return { ...next, current: null };
}

function mayMove(input: Input): boolean {
  if (input.type === "event") return input.event.type === "left" || input.event.type === "joined";
  return input.type === "typed" || input.type === "failed";
}

/** What /last and a first look at a room would list stands in the timeline. */
const isWanted = ({ type }: Effect): boolean => type !== "last" && type !== "display";

type EventInput = Extract<Input, { type: "event" }>;

function event(model: ScreenModel, input: EventInput): ScreenStep {
  return chain(passToChat(model, input), (after) =>
    stay(withRoomChanges(model, after, input.event), ...callsOf(model.chat, after, input.event)),
  );
}

/** Events stand in the timeline already; of what else is told, the long goes into a pager. */
function withLines(model: ScreenModel, input: Input, lines: readonly Line[]): ScreenModel {
  if (input.type === "inbox" && input.isBrief) return model;
  return lines.reduce((next, line) => {
    if (line.type === "message") return next;
    if (line.type === "text") return withPager(next, line.text);
    const isError = line.type === "error";
    const told = { text: line.text, isError, about: aboutOf(input, isError) };
    if (input.type !== "event") return showNotice(model, next, told);
    return isError || input.event.type === "left" ? addToast(model, next, told) : next;
  }, model);
}

const withPager = (model: ScreenModel, text: string): ScreenModel => ({
  ...model,
  overlay: { kind: "text", title: "", text, top: 0 },
});

/** Until when it counts: an answer may come when one has gone on to something else. */
function aboutOf(input: Input, isError: boolean): ToastAbout {
  if (input.type === "typed") return "act";
  const room = roomInQuestion(input);
  if (room !== null) return { entering: room };
  return isError ? "time" : "room";
}

/** The room that one could not enter, or is out of. */
function roomInQuestion(input: Input): string | null {
  if (input.type === "failed") return input.effect.type === "join" ? input.effect.room : null;
  return input.type === "event" && input.event.type === "left" ? input.event.room : null;
}

/** Said where one is looking: in the room, or beside it while one reads elsewhere. */
function showNotice(before: ScreenModel, model: ScreenModel, told: Told): ScreenModel {
  const room = currentRoom(model.chat);
  const isAtEnd = room !== null && !model.chat.isHeld && !room.timeline.hasNewer;
  if (!isAtEnd) return addToast(before, model, told);
  const { text, isError } = told;
  const item = { kind: "notice", at: model.chat.nowMs, text, isError } as const;
  return { ...model, chat: withLocalItem(model.chat, room.name, item) };
}
