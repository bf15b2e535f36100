// rooms → directory: one page of the rooms that have somebody in them, by name. Never direct ones.

import { foldName } from "@maru/protocol/chat";
import { reply } from "../hub/effects.ts";
import type { Handler } from "../hub/hub.ts";

/** Rooms of one page: a name and a topic each, so that a page fits a frame. */
const pageRooms = 50;

export const rooms: Handler<"rooms"> = (state, session, command) => {
  const after = command.after === undefined ? undefined : foldName(command.after);
  const page: { room: string; topic: string; memberCount: number }[] = [];
  let more = false;
  for (const room of state.rooms.behind(after)) {
    if (room.isDirect) continue;
    more = page.length === pageRooms;
    if (more) break;
    page.push({ room: room.name, topic: room.topic, memberCount: room.members.size });
  }
  return [reply(session.id, { type: "directory", re: command.id, rooms: page, more })];
};
