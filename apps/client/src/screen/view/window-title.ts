// The title of the terminal's window: where one is, and how much waits elsewhere. Pure.

import { currentRoom, placeName } from "@maru/chat-model/model";
import { sanitizeScreenLine } from "@maru/tui/text";
import type { ScreenModel } from "../model/screen-model.ts";

/** `(3) lobby`: three messages that name one, or that were said to one alone; `lobby *`: others. */
export function windowTitle({ chat, levels }: ScreenModel): string {
  let mentions = 0;
  let hasUnread = false;
  for (const [key, room] of chat.rooms) {
    mentions += room.mentions;
    hasUnread ||= room.unread > 0 && levels.get(key) !== "none";
  }
  const room = currentRoom(chat);
  const place = room === null ? "maru" : sanitizeScreenLine(placeName(chat, room.name));
  if (mentions > 0) return `(${mentions}) ${place}`;
  return hasUnread ? `${place} *` : place;
}
