// who → members: one page of the people in a room, by name.

import { foldName, type NameKey } from "@maru/protocol/chat";
import { reply } from "../hub/effects.ts";
import { parseName } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub.ts";

/** Nicks of one page: at most 32 graphemes each, so that a page fits a frame. */
const pageMembers = 100;

export const who: Handler<"who"> = (state, session, command) => {
  const parsed = parseName(session, command);
  if (!parsed.ok) return parsed.effects;
  const room = state.rooms.get(parsed.key);
  const after = command.after === undefined ? undefined : foldName(command.after);
  const members: string[] = [];
  let more = false;
  for (const member of room?.members.behind(after as NameKey | undefined) ?? []) {
    more = members.length === pageMembers;
    if (more) break;
    members.push(member.nick);
  }
  const name = room?.name ?? parsed.name;
  return [reply(session.id, { type: "members", re: command.id, room: name, members, more })];
};
