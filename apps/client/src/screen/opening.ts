// Going from room to room: what is typed stays with its room, and one arrives where unread messages
// begin. Pure.

import { roomKey } from "@maru/sdk";
import { cleared, editorOf, withText } from "../editor/editor.ts";
import { currentRoom, type RoomModel, withCurrent } from "../model/model.ts";
import { lastSeq } from "../model/timeline.ts";
import { anchoredAt } from "./reading.ts";
import { roomOrder } from "./room-order.ts";
import type { Draft, ScreenModel } from "./screen-model.ts";
import { type ScreenStep, stay } from "./screen-step.ts";
import { toasted } from "./toast.ts";

/** The model in the room of `key`, which is entered. */
export function opened(model: ScreenModel, key: string): ScreenModel {
  const before = model.chat.current;
  if (key === before || !model.chat.rooms.has(key)) return model;
  // Whether it is read at once depends on where one arrives in it.
  return arrived(
    { ...model, chat: withCurrent({ ...model.chat, isWatching: false }, key) },
    before,
  );
}

/** The model after the current room changed from that of `before`: its draft, and where one reads. */
export function arrived(model: ScreenModel, before: string | null): ScreenModel {
  const { current } = model.chat;
  if (current === before) return model;
  const drafts = new Map(model.drafts);
  if (before !== null) {
    if (model.editor.text === "") drafts.delete(before);
    else drafts.set(before, draftOf(model));
  }
  const draft = current === null ? undefined : drafts.get(current);
  if (current !== null) drafts.delete(current);
  const kept = { undone: [], redone: [], kills: model.editor.kills };
  const next: ScreenModel = {
    ...model,
    drafts,
    editor: { ...editorOf(draft?.text ?? "", draft?.caret), ...kept },
    compose: draft?.compose ?? { kind: "say" },
    completion: null,
    selected: null,
  };
  return atUnread(next);
}

/** What is being typed in the current room. */
export function draftOf({ editor, compose }: ScreenModel): Draft {
  return { text: editor.text, caret: editor.caret, compose };
}

/** One begins to read where it is new, if that is not all in sight. */
function atUnread(model: ScreenModel): ScreenModel {
  const room = currentRoom(model.chat);
  if (room === null || room.unread === 0 || room.divider === null) return model;
  if (model.anchors.has(roomKey(room.name)) || room.divider >= lastSeq(room.timeline)) return model;
  return anchoredAt(model, room, { after: room.divider }, "top");
}

/** The rooms in the order of the list, and where the current one stands in it. */
export function neighbour(model: ScreenModel, step: number): ScreenStep {
  const order = roomOrder(model.chat);
  if (order.length === 0) return stay(model);
  const at = order.indexOf(model.chat.current ?? "");
  const key = order[(at + step + order.length) % order.length];
  return stay(key === undefined ? model : opened(model, key));
}

export function numbered(model: ScreenModel, number: number): ScreenStep {
  const key = roomOrder(model.chat)[number - 1];
  return stay(
    key === undefined ? toasted(model, `there is no room ${number}`) : opened(model, key),
  );
}

export function lastRoom(model: ScreenModel): ScreenStep {
  const key = model.chat.past.at(-1);
  return stay(key === undefined ? toasted(model, "there is no room before") : opened(model, key));
}

/** The most urgent of the other rooms with something new: mentions, then messages, then the rest. */
export function nextActivity(model: ScreenModel): ScreenStep {
  const order = roomOrder(model.chat);
  const at = order.indexOf(model.chat.current ?? "");
  const others = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  const rooms = others.flatMap((key) => model.chat.rooms.get(key) ?? []);
  const isMuted = ({ name }: RoomModel) => model.levels.get(roomKey(name)) === "none";
  const next =
    rooms.find((room) => room.mentions > 0) ??
    rooms.find((room) => room.unread > 0 && !isMuted(room)) ??
    rooms.find((room) => room.hasNews && !isMuted(room));
  if (next === undefined) return stay(toasted(model, "nothing new in other rooms"));
  return stay(opened(model, roomKey(next.name)));
}

/** Nothing is being typed any more in the current room. */
export function withNothingTyped(model: ScreenModel): ScreenModel {
  const editor = model.editor.text === "" ? model.editor : cleared(model.editor);
  return { ...model, editor, compose: { kind: "say" }, completion: null };
}

export function withTyped(model: ScreenModel, text: string): ScreenModel {
  return { ...model, editor: withText(model.editor, text), completion: null };
}
