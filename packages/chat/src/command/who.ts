// who → members: one page of the people in a room, by name.

import { foldName } from "@maru/protocol/chat";
import { reply } from "../hub/effects.ts";
import { parseName } from "../hub/find-room.ts";
import { firstThatFit, jsonBytesMax } from "../hub/frame-share.ts";
import type { Handler } from "../hub/hub.ts";

/** Nicks of one page. */
const pageMembers = 100;

export const who: Handler<"who"> = (state, session, command) => {
  const parsed = parseName(session, command);
  if (!parsed.ok) return parsed.effects;
  const room = state.rooms.get(parsed.key);
  const after = command.after === undefined ? undefined : foldName(command.after);
  const bounds = { countMax: pageMembers, frameBytes: state.config.limits.frameBytes };
  const { first, more } = firstThatFit(room?.members.behind(after) ?? [], bounds, ({ nick }) =>
    jsonBytesMax(nick),
  );
  const name = room?.name ?? parsed.name;
  const members = first.map(({ nick }) => nick);
  return [reply(session.id, { type: "members", re: command.id, room: name, members, more })];
};
