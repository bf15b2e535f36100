// From what is typed to what is said: Enter, the person's own editor, and the notice that one writes.
// Owns what happens to the text that was sent: remembered, and no longer in the line. Pure.

import { textBytesMax } from "@maru/protocol/chat";
import { withText } from "../editor/editor.ts";
import { remember } from "../editor/input-history.ts";
import { currentRoom, withRoom } from "../model/model.ts";
import type { Effect } from "../model/step.ts";
import { updateChat } from "./chat-update.ts";
import { withNothingTyped } from "./opening.ts";
import { withSends } from "./pending.ts";
import { atEnd } from "./reading.ts";
import type { ScreenModel } from "./screen-model.ts";
import { type ScreenInput, type ScreenStep, stay, then } from "./screen-step.ts";
import { toasted } from "./toast.ts";

/** How often others are told that one is still writing, in milliseconds. */
export const typingEveryMs = 3_000;

/** Does what Enter is for: says, answers, edits, or runs a command. */
export function sent(model: ScreenModel): ScreenStep {
  const { editor, compose } = model;
  const text = editor.text;
  if (text.trim() === "") return stay(withNothingTyped(model));
  const bytes = Buffer.byteLength(text);
  if (bytes > textBytesMax) {
    const most = textBytesMax.toLocaleString("en");
    const said = `${bytes.toLocaleString("en")} bytes are too long: a message holds ${most}`;
    return stay(toasted(model, `${said}; shorten it or send it in parts`, true));
  }
  const history = remember(model.history, text);
  const next = atEnd({ ...withNothingTyped(model), history, typingToldMs: 0 });
  if (compose.kind === "say") return then(updateChat(next, { type: "typed", line: text }), seen);
  const room = currentRoom(next.chat);
  if (room === null) return stay(model);
  const { name } = room;
  const effect: Effect =
    compose.kind === "edit"
      ? { type: "edit", room: name, target: compose.seq, text }
      : { type: "send", room: name, text, action: false, replyTo: compose.seq };
  return then(withSends(next, [effect]), seen);
}

/** Whoever answers has read what is above. */
function seen(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null || room.divider === null) return stay(model);
  return stay({ ...model, chat: withRoom(model.chat, room.name, { divider: null }) });
}

/** Tells the room that something is being written, or no longer; not more often than is of use. */
export function typingTold(before: ScreenModel, model: ScreenModel): ScreenStep {
  const { chat, editor, settings } = model;
  const room = currentRoom(chat);
  if (!settings.tellsTyping || room === null || editor.text === before.editor.text) {
    return stay(model);
  }
  const isWriting = editor.text !== "" && !editor.text.startsWith("/");
  if (!isWriting) {
    if (model.typingToldMs === 0) return stay(model);
    const effect = { type: "typing", room: room.name, isTyping: false } as const;
    return stay({ ...model, typingToldMs: 0 }, effect);
  }
  if (chat.nowMs - model.typingToldMs < typingEveryMs) return stay(model);
  const effect = { type: "typing", room: room.name, isTyping: true } as const;
  return stay({ ...model, typingToldMs: chat.nowMs }, effect);
}

/** What the person's own editor made of the text. */
export function editedOutside(
  model: ScreenModel,
  { text, problem }: Extract<ScreenInput, { type: "edited-outside" }>,
): ScreenStep {
  if (problem !== null) return stay(toasted(model, problem, true));
  if (text === null) return stay(model);
  return stay({ ...model, editor: withText(model.editor, text.replace(/\n+$/, "")) });
}
