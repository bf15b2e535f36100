// What the chat's own inputs do to the full screen: the shared update does the work, and what line
// mode would print is shown in its place: the timeline, a list, a pager, a passing word. Pure.

import { withLocalItem } from "../model/conversation.ts";
import { currentRoom } from "../model/model.ts";
import type { Effect, Input, Line } from "../model/step.ts";
import type { ScreenModel } from "../screen/screen-model.ts";
import { type ScreenInput, type ScreenStep, stay, then } from "../screen/screen-step.ts";
import { update } from "../update/update.ts";
import { callsOf } from "./calls.ts";
import { directoryList, foundList, withAnswer, withoutWaiting, withWaiting } from "./lists.ts";
import { arrived, atUnread } from "./opening.ts";
import { settledSend, withSends } from "./pending.ts";
import { withRoomChanges } from "./room-changes.ts";
import { toasted } from "./toast.ts";
import { acted } from "./ui-acts.ts";

const chatInputs: Readonly<Record<Input["type"], true>> = {
  started: true,
  due: true,
  typed: true,
  event: true,
  said: true,
  renamed: true,
  members: true,
  absent: true,
  directory: true,
  listed: true,
  found: true,
  inbox: true,
  marked: true,
  failed: true,
};

export function isChatInput(input: ScreenInput): input is Input {
  return Object.hasOwn(chatInputs, input.type);
}

export function updateChat(model: ScreenModel, input: Input): ScreenStep {
  switch (input.type) {
    case "found":
      return stay(withAnswer(model, foundList(model, input)));
    case "directory":
      return stay(withAnswer(model, directoryList(input)));
    case "said":
      return passed(settledSend(model, input), input);
    case "failed":
      return passed(withoutWaiting(settledSend(model, input), input.effect), input);
    case "inbox":
      return then(passed(model, input), (after) => stay(input.isBrief ? atUnread(after) : after));
    case "event":
      return event(model, input);
    default:
      return passed(model, input);
  }
}

/** Through the shared update; its lines and effects become the screen's. */
function passed(model: ScreenModel, input: Input): ScreenStep {
  // Whether another room is read at once depends on where one arrives in it.
  const seen = mayMove(input) ? { ...model.chat, isWatching: false } : model.chat;
  const { model: chat, lines, effects } = update(seen, input);
  const changed = arrived({ ...model, chat }, model.chat.current);
  const shown = withLines(changed, input, lines);
  const own = effects.filter((effect) => effect.type === "screen");
  const sent = withSends(withWaiting(shown, effects), effects.filter(isWanted));
  return own.reduce((next, { act }) => then(next, (after) => acted(after, act)), sent);
}

function mayMove(input: Input): boolean {
  if (input.type === "event") return input.event.type === "left" || input.event.type === "joined";
  return input.type === "typed" || input.type === "failed";
}

/** What /last and a first look at a room would list stands in the timeline. */
const isWanted = ({ type }: Effect): boolean => type !== "last" && type !== "screen";

type EventInput = Extract<Input, { type: "event" }>;

function event(model: ScreenModel, input: EventInput): ScreenStep {
  return then(passed(model, input), (after) =>
    stay(withRoomChanges(model, after, input.event), ...callsOf(model, after, input.event)),
  );
}

/** Events stand in the timeline already; of what else is told, the long goes into a pager. */
function withLines(model: ScreenModel, input: Input, lines: readonly Line[]): ScreenModel {
  return lines.reduce((next, line) => {
    if (input.type === "event") return toldByEvent(next, input, line);
    if (input.type === "inbox" && input.isBrief) return next;
    return withLine(next, line);
  }, model);
}

function toldByEvent(model: ScreenModel, { event: { type } }: EventInput, line: Line): ScreenModel {
  const isTold = line.type === "error" || (type === "left" && line.type === "notice");
  return isTold ? toasted(model, line.text, line.type === "error") : model;
}

function withLine(model: ScreenModel, line: Line): ScreenModel {
  switch (line.type) {
    case "message":
      return model;
    case "text":
      return { ...model, overlay: { kind: "text", title: "", text: line.text, top: 0 } };
    case "notice":
    case "error":
      return noticed(model, line.text, line.type === "error");
  }
}

/** Said where one is looking: in the room, or beside it while one reads elsewhere. */
function noticed(model: ScreenModel, text: string, isError: boolean): ScreenModel {
  const room = currentRoom(model.chat);
  const isAtEnd = room !== null && !model.chat.isHeld && !room.timeline.hasNewer;
  if (!isAtEnd) return toasted(model, text, isError);
  const item = { kind: "notice", at: model.chat.nowMs, text, isError } as const;
  return { ...model, chat: withLocalItem(model.chat, room.name, item) };
}
