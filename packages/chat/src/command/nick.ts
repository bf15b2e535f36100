// nick → renamed: another name for the same session, in all of its rooms at once. Conversations stay
// with the nick that is given up, and the other in each is told who that is now.

import { parseNick } from "@maru/protocol/chat";
import { type Effects, fail, reply } from "../hub/effects.ts";
import type { Handler } from "../hub/hub-state.ts";
import { mayEnter, removeMember } from "../hub/membership.ts";
import { noteChange } from "../hub/room-and-session.ts";
import { tellRenamed } from "../hub/tell-renamed.ts";

export const nick: Handler<"nick"> = (state, session, command) => {
  const chosen = parseNick(command.nick);
  if (!chosen.ok) {
    const details = { field: "nick", message: `the nick: ${chosen.problem}` };
    return fail(session.id, command.id, "invalid_message", details);
  }
  if (!state.nicks.isFreeFor(session, chosen)) {
    return fail(session.id, command.id, "nick_taken", { field: "nick" });
  }
  const renamed = reply(session.id, { type: "renamed", re: command.id, nick: chosen.name });
  const [former, formerKey] = [session.nick, session.nickKey];
  if (chosen.name === former) return [renamed];
  // Conversations belong to a name: a session that gives it up leaves them.
  const left: Effects = [...session.rooms]
    .filter((room) => room.isDirect && !mayEnter(room.key, chosen.key))
    .flatMap((room) => removeMember(state, room, session));
  for (const room of session.rooms) room.members.delete(session.nickKey);
  state.nicks.release(session);
  session.nick = chosen.name;
  session.nickKey = chosen.key;
  state.nicks.take(session);
  for (const room of session.rooms) {
    room.members.set(session.nickKey, session);
    if (room.isDirect) continue;
    noteChange(room, session, former);
    state.presenceDue.add(room);
  }
  if (session.nickKey === formerKey) return [...left, renamed];
  return [...left, renamed, ...tellRenamed(state, session, { nick: former, nickKey: formerKey })];
};
