// What the connection and the rooms' own comings and goings do to the screen beside the chat: which
// rooms are still to be joined again, and what pointed into a log that is no more. Pure.

import { isOtherLog, withoutEdits } from "@maru/chat-model/model";
import { rejoin, withoutJoining } from "@maru/chat-model/update";
import type { NameKey } from "@maru/protocol/chat";
import { type ChatClientEvent, roomKey } from "@maru/sdk/chat";
import type { Draft, ScreenModel } from "../model/screen-model.ts";
import { withSaidAgain } from "./ignored-change.ts";

/** `after`: the model after the shared update; `before`: the one before it. */
export function withRoomChanges(
  before: ScreenModel,
  after: ScreenModel,
  event: ChatClientEvent,
): ScreenModel {
  switch (event.type) {
    case "state":
      if (after.chat.state.phase !== "online") return withoutJoining(after, null);
      // Another nick is told like that, too.
      return before.chat.state.phase === "online" ? after : withSaidAgain(rejoin(after));
    case "joined": {
      const key = roomKey(event.room);
      const isOther = isOtherLog(before.chat.rooms.get(key), event);
      return withoutJoining(isOther ? withoutPlaces(after, key) : after, key);
    }
    case "left": {
      const key = roomKey(event.room);
      return withoutJoining(withoutAnchor(after, key), key);
    }
    default:
      return after;
  }
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
