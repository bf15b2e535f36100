// Tells a room that something is being written, or no longer. Pure.

import { isCommand } from "../command/is-command.ts";
import { currentRoom, type Model } from "../model/model.ts";

/** How often others are told that one is still writing, in milliseconds. */
export const typingEveryMs = 3_000;

export interface TypingNotice {
  readonly type: "typing";
  readonly room: string;
  readonly isTyping: boolean;
}

interface Writing {
  readonly chat: Model;
  readonly editor: { readonly text: string };
  /** When others were told last, milliseconds since 1970; 0: nothing is to be ended. */
  readonly typingToldMs: number;
  readonly settings: { readonly tellsTyping: boolean };
}

interface Told<Holder> {
  readonly model: Holder;
  readonly effects: readonly TypingNotice[];
}

/** After what is typed may have changed since `before`; not more often than is of use. */
export function tellTyping<Holder extends Writing>(before: Writing, model: Holder): Told<Holder> {
  const { chat, editor, settings } = model;
  // What is typed stays behind with its room, and what waits in the next was not typed now.
  if (before.chat.current !== chat.current) return typingEnded(before, model);
  const room = currentRoom(chat);
  if (!settings.tellsTyping || room === null || editor.text === before.editor.text) {
    return { model, effects: [] };
  }
  const isWriting = editor.text.trim() !== "" && !isCommand(editor.text);
  if (!isWriting) return typingEnded(before, model);
  if (chat.nowMs - model.typingToldMs < typingEveryMs) return { model, effects: [] };
  const effects = [{ type: "typing", room: room.name, isTyping: true }] as const;
  return { model: { ...model, typingToldMs: chat.nowMs }, effects };
}

/** In the room where it was told; nothing is to be ended where nothing was. */
function typingEnded<Holder extends Writing>(before: Writing, model: Holder): Told<Holder> {
  const room = currentRoom(before.chat);
  if (model.typingToldMs === 0 || room === null) return { model, effects: [] };
  const effects = [{ type: "typing", room: room.name, isTyping: false }] as const;
  return { model: { ...model, typingToldMs: 0 }, effects };
}
