// What the connection and the rooms' own comings and goings do to the screen beside the chat: which
// rooms are still to be joined again, and what pointed into a log that is no more. Pure.

import { isOtherLog, withoutEdits } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { type ClientEvent, roomKey } from "@maru/sdk";
import type { Draft, ScreenModel } from "../model/screen-model.ts";
import { withSaidAgain } from "./ignored-change.ts";

/** `after`: the model after the shared update; `before`: the one before it. */
export function withRoomChanges(
  before: ScreenModel,
  after: ScreenModel,
  event: ClientEvent,
): ScreenModel {
  switch (event.type) {
    case "state":
      if (after.chat.state.phase !== "online") return notJoining(after, null);
      // Another nick is told like that, too.
      return before.chat.state.phase === "online" ? after : withSaidAgain(rejoining(after));
    case "joined": {
      const key = roomKey(event.room);
      const isOther = isOtherLog(before.chat.rooms.get(key), event);
      return notJoining(isOther ? withoutPlaces(after, key) : after, key);
    }
    case "left": {
      const key = roomKey(event.room);
      return notJoining(withoutAnchor(after, key), key);
    }
    default:
      return after;
  }
}

/** A page that is on its way stays so: it is asked for again on the next connection. */
function rejoining(model: ScreenModel): ScreenModel {
  // No person enters a conversation of a nick that one gave up.
  const entered = [...model.chat.rooms].filter(
    ([, { memberCount, moved }]) => memberCount !== null && moved?.isOwn !== true,
  );
  const joining = new Set(entered.map(([key]) => key));
  return { ...model, joining, joiningOf: joining.size, stuck: new Set() };
}

/** `key` null: none of them. */
function notJoining(model: ScreenModel, key: NameKey | null): ScreenModel {
  if (model.joining.size === 0 || (key !== null && !model.joining.has(key))) return model;
  const joining = new Set(key === null ? [] : model.joining);
  if (key !== null) joining.delete(key);
  return { ...model, joining };
}

function withoutAnchor(model: ScreenModel, key: NameKey): ScreenModel {
  if (!model.anchors.has(key)) return model;
  const anchors = new Map(model.anchors);
  anchors.delete(key);
  return { ...model, anchors };
}

/** Seqs of another log mean other messages: nothing is answered, edited or looked for by them. */
function withoutPlaces(model: ScreenModel, key: NameKey): ScreenModel {
  const next = { ...withoutAnchor(model, key), edits: withoutEdits(model.edits, key) };
  const draft = next.drafts.get(key);
  const drafts = new Map(next.drafts);
  if (draft !== undefined) drafts.set(key, { ...draft, compose: say });
  if (key !== next.chat.current) return { ...next, drafts };
  return { ...next, drafts, compose: say, selected: null, jump: null };
}

const say: Draft["compose"] = { kind: "say" };
