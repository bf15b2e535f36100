// Asks now and then who of the current conversation's two is here: the server does not tell who comes
// back. Pure.

import { isDirectName } from "../model/direct.ts";
import { currentRoom, type Model, withChanged } from "../model/model.ts";
import type { Effect } from "../model/step.ts";

/** How often it is asked, in milliseconds. */
export const lookEveryMs = 15_000;

export function lookWhoIsHere(chat: Model): { chat: Model; effects: readonly Effect[] } {
  const room = currentRoom(chat);
  const isConversation = room !== null && room.moved === null && isDirectName(room.name);
  if (!isConversation) return { chat, effects: [] };
  const isSoon = room.lookedMs !== null && chat.nowMs - room.lookedMs < lookEveryMs;
  if (isSoon || chat.state.phase !== "online") return { chat, effects: [] };
  return {
    chat: withChanged(chat, room, { lookedMs: chat.nowMs }),
    effects: [{ type: "look", room: room.name }],
  };
}
