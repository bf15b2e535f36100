// What is done to the message that is chosen, and how far a room was read. Pure.
// Where none is chosen, an answer is to the last message of another person, an edit to one's own last.

import {
  currentRoom,
  lastOf,
  type Message,
  messageOf,
  type RoomModel,
  textToCome,
  unsaidProblem,
} from "@maru/chat-model/model";
import { markRead, markUnread } from "@maru/chat-model/update";
import { roomKey } from "@maru/sdk/chat";
import { withText } from "@maru/tui/editor";
import { keyLabel } from "../../layout/key-label.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { ask } from "./overlay-update.ts";
import { showToast } from "./toast.ts";

type Whose = "own" | "others";

function meant(model: ScreenModel, whose: Whose): { room: RoomModel; message: Message } | null {
  const room = currentRoom(model.chat);
  if (room === null) return null;
  const seq = model.selected ?? lastOf(model.chat, room, whose === "own");
  const message = seq === null ? null : messageOf(room.timeline, seq);
  return message === null ? null : { room, message };
}

const isOwn = ({ chat }: ScreenModel, { from }: Message): boolean => roomKey(from) === chat.meKey;

const gone = (model: ScreenModel): ScreenStep =>
  stay(showToast(model, "it was taken back", true, "selection"));
const none = (model: ScreenModel): ScreenStep =>
  stay(showToast(model, "no message to do that to", false, "messages"));

export function beginReply(model: ScreenModel): ScreenStep {
  const found = meant(model, "others");
  if (found === null) return none(model);
  // What is in the line then is a message that was said already.
  if (model.compose.kind === "edit")
    return stay(showToast(model, "send or leave what you edit first", true, "line"));
  return stay({ ...model, compose: { kind: "reply", seq: found.message.seq }, selected: null });
}

export function beginEdit(model: ScreenModel): ScreenStep {
  // What is on its way has no seq yet; whatever was said before it is not what is meant.
  const room = model.selected === null ? currentRoom(model.chat) : null;
  const unsaid = room === null ? null : unsaidProblem(model.chat, room);
  if (unsaid !== null) return stay(showToast(model, unsaid, true, "messages"));
  const found = meant(model, "own");
  if (found === null) return none(model);
  const { message } = found;
  if (!isOwn(model, message))
    return stay(showToast(model, "only your own messages can be edited", true, "selection"));
  if (message.redacted === true) return gone(model);
  if (model.editor.text !== "")
    return stay(showToast(model, "send or clear what you type first", true, "line"));
  const text = textToCome(model.edits, message.room, message.seq) ?? message.text;
  const editor = withText(model.editor, text);
  return stay({ ...model, editor, compose: { kind: "edit", seq: message.seq }, selected: null });
}

export function redactMessage(model: ScreenModel): ScreenStep {
  // Never without a choice: what is taken back is gone for good.
  if (model.selected === null)
    return stay(
      showToast(model, "select a message first (it is gone for good)", false, "selection"),
    );
  const found = meant(model, "own");
  if (found === null) return none(model);
  const { room, message } = found;
  if (!isOwn(model, message))
    return stay(showToast(model, "only your own messages can be taken back", true, "selection"));
  if (message.redacted === true) return gone(model);
  if (!isAskedAgain(model, room, message)) return redactAsked(model, room, message);
  const effect = { type: "redact", room: room.name, target: message.seq, reason: "" } as const;
  return stay({ ...model, selected: null, takingBack: null }, effect);
}

/** The question stands as long as it is to be seen; key-update.ts forgets it with any other key. */
function redactAsked(model: ScreenModel, { name }: RoomModel, { seq }: Message): ScreenStep {
  const key = keyLabel(model, "redact-selected") ?? "the same key";
  const next = showToast(model, `${key} again takes it back for good`, true, "taking-back");
  const untilMs = next.toast?.untilMs ?? model.chat.nowMs;
  return stay({ ...next, takingBack: { room: roomKey(name), seq, untilMs } });
}

function isAskedAgain({ takingBack, chat }: ScreenModel, room: RoomModel, { seq }: Message) {
  if (takingBack === null || takingBack.untilMs <= chat.nowMs) return false;
  return takingBack.room === room.key && takingBack.seq === seq;
}

export function askReaction(model: ScreenModel): ScreenStep {
  const found = meant(model, "others");
  if (found === null) return none(model);
  if (found.message.redacted === true) return gone(model);
  return ask({ ...model, selected: found.message.seq }, "react");
}

export function copyMessage(model: ScreenModel): ScreenStep {
  const found = meant(model, "others");
  if (found === null) return none(model);
  if (found.message.redacted === true) return gone(model);
  const next = showToast({ ...model, selected: null }, "copied, if the terminal allows it");
  return stay(next, { type: "copy", text: found.message.text });
}

export function markAsRead(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  const marked = room === null ? null : markRead(model.chat, room);
  if (marked === null) return stay(model);
  const next = { ...model, chat: marked.chat, isKeptUnread: false };
  return stay(showToast(next, "marked as read"), marked.effect);
}

/** From the chosen message on, or from the newest. */
export function markAsUnread(model: ScreenModel): ScreenStep {
  const found = meant(model, "others");
  if (found === null) return none(model);
  const { chat, effect } = markUnread(model.chat, found.room, found.message);
  const next = { ...model, chat, selected: null, isKeptUnread: true };
  return stay(showToast(next, "marked as unread"), effect);
}
