// typing → noted, and a notice to the room: of the moment, never in the log, dropped where it is too
// soon or the room too large. Whom it reaches is not promised.

import { type Effects, reply } from "../hub/effects.ts";
import { findJoined } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub-state.ts";

export const typing: Handler<"typing"> = (state, session, command, now) => {
  // Members alone: a notice brings no person into a conversation, only what is said there does.
  const found = findJoined(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  const noted: Effects = [reply(session.id, { type: "noted", re: command.id })];
  const isLarge = !room.isDirect && room.members.size > state.config.presenceNames;
  if (isLarge || room.members.size === 1) return noted;
  const stopped = command.stopped === true;
  const isNews = stopped ? session.typing.stop(room.key) : session.typing.take(room.key, now);
  if (!isNews) return noted;
  const message = {
    type: "typing" as const,
    room: room.name as string,
    from: session.nick as string,
    ...(stopped && { stopped }),
  };
  return [...noted, { kind: "publish", room: room.key, message }];
};
