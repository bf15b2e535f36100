// leave → left. The events published before it still arrive, none after it do.

import { reply } from "../hub/effects.ts";
import { findJoined } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub-state.ts";
import { removeMember } from "../hub/membership.ts";

export const leave: Handler<"leave"> = (state, session, command) => {
  const found = findJoined(state, session, command);
  if (!found.ok) return found.effects;
  const { room } = found;
  // Until it writes there again, what the other says doesn't bring it back.
  if (room.isDirect) {
    const { nickKey: account, network } = session;
    const isBegun = room.head > 0;
    state.left.leave({ account, room: room.key, network: network.name, isBegun });
  }
  const left = { type: "left" as const, re: command.id, room: room.name };
  return [...removeMember(state, room, session), reply(session.id, left)];
};
