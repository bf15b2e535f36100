// From what is typed to what is said: Enter, the person's own editor, and the notice that one writes.
// Owns what happens to the text that was sent: remembered, and no longer in the line. Pure.

import { textBytesMax } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import { editorUnitsMax, withText } from "../editor/editor.ts";
import { remember } from "../editor/input-history.ts";
import { currentRoom, withRoom, withUnsaid } from "../model/model.ts";
import type { Effect } from "../model/step.ts";
import type { Compose, ScreenModel } from "../screen/screen-model.ts";
import { type ScreenInput, type ScreenStep, stay, then } from "../screen/screen-step.ts";
import { updateChat } from "./chat-update.ts";
import { withNothingTyped } from "./opening.ts";
import { withSends } from "./pending.ts";
import { atEnd } from "./reading.ts";
import { toasted } from "./toast.ts";

/** How often others are told that one is still writing, in milliseconds. */
export const typingEveryMs = 3_000;

/** Does what Enter is for: says, answers, edits, or runs a command. */
export function sent(model: ScreenModel): ScreenStep {
  const { editor, compose } = model;
  const text = editor.text;
  if (text.trim() === "") return stay(withNothingTyped(model));
  const history = remember(model.history, text);
  const next = { ...withNothingTyped(model), history, typingToldMs: 0 };
  const step = compose.kind === "say" ? said(next, text) : answered(next, compose, text);
  if (step === null) return stay(toasted(model, "you are in no room: /join ROOM", true));
  const problem = tooLong(step);
  if (problem !== null) return stay(toasted(model, problem, true));
  return isSaidHere(step) ? then(step, seen) : step;
}

const said = (model: ScreenModel, line: string): ScreenStep =>
  updateChat(model, { type: "typed", line });

/** Null: one is in no room. */
function answered(
  model: ScreenModel,
  { kind, seq }: Exclude<Compose, { kind: "say" }>,
  text: string,
): ScreenStep | null {
  const room = currentRoom(model.chat);
  if (room === null) return null;
  const { name } = room;
  if (kind === "edit") return stay(model, { type: "edit", room: name, target: seq, text });
  const chat = withUnsaid(model.chat, name, 1);
  const effect: Effect = { type: "send", room: name, text, action: false, replyTo: seq };
  return withSends({ ...model, chat }, [effect]);
}

/** What is wrong with what would be sent; null: nothing. */
function tooLong({ effects }: ScreenStep): string | null {
  const texts = effects.map((each) =>
    each.type === "send" || each.type === "edit" ? each.text : "",
  );
  const bytes = Math.max(0, ...texts.map((text) => Buffer.byteLength(text)));
  if (bytes <= textBytesMax) return null;
  const most = textBytesMax.toLocaleString("en");
  const much = `${bytes.toLocaleString("en")} bytes are too long: a message holds ${most}`;
  return `${much}; shorten it or send it in parts`;
}

const isSaidHere = ({ model, effects }: ScreenStep): boolean =>
  effects.some((each) => each.type === "send" && roomKey(each.room) === model.chat.current);

/** Whoever says something has read what is above, and wants to see it said. */
function seen(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null) return stay(model);
  const chat = withRoom(model.chat, room.name, { divider: null });
  return stay(atEnd({ ...model, chat, isKeptUnread: false }));
}

/** Tells the room that something is being written, or no longer; not more often than is of use. */
export function typingTold(before: ScreenModel, model: ScreenModel): ScreenStep {
  const { chat, editor, settings } = model;
  // What is typed stays behind with its room, and what waits in the next was not typed now.
  if (before.chat.current !== chat.current) return typingEnded(before, model);
  const room = currentRoom(chat);
  if (!settings.tellsTyping || room === null || editor.text === before.editor.text) {
    return stay(model);
  }
  const isWriting = editor.text.trim() !== "" && !isCommand(editor.text);
  if (!isWriting) return typingEnded(before, model);
  if (chat.nowMs - model.typingToldMs < typingEveryMs) return stay(model);
  const effect = { type: "typing", room: room.name, isTyping: true } as const;
  return stay({ ...model, typingToldMs: chat.nowMs }, effect);
}

const isCommand = (text: string): boolean => text.startsWith("/") && !text.startsWith("//");

/** In the room where it was told; nothing is to be ended where nothing was. */
function typingEnded(before: ScreenModel, model: ScreenModel): ScreenStep {
  const room = currentRoom(before.chat);
  if (model.typingToldMs === 0 || room === null) return stay(model);
  const effect = { type: "typing", room: room.name, isTyping: false } as const;
  return stay({ ...model, typingToldMs: 0 }, effect);
}

/** What the person's own editor made of the text. */
export function editedOutside(
  model: ScreenModel,
  { key, text: made, problem }: Extract<ScreenInput, { type: "edited-outside" }>,
): ScreenStep {
  if (problem !== null) return stay(toasted(model, problem, true));
  if (made === null) return stay(model);
  const text = made.replace(/\n+$/, "");
  if (key !== null && key !== model.chat.current) return stay(withDraft(model, key, text));
  const editor = withText(model.editor, text);
  const isCut = text.length > editorUnitsMax;
  const told = isCut ? toasted(model, "it was too long for the line, and is cut", true) : model;
  return stay({ ...told, editor, completion: null });
}

/** The text of a room that one has been taken out of meanwhile. */
function withDraft(model: ScreenModel, key: string, text: string): ScreenModel {
  const compose = model.drafts.get(key)?.compose ?? { kind: "say" };
  const drafts = new Map(model.drafts);
  if (text === "") drafts.delete(key);
  else drafts.set(key, { text, caret: text.length, compose });
  return { ...model, drafts };
}
