// rooms → directory: one page of the rooms that have members, by name. Never direct ones.

import { foldName } from "@maru/protocol/chat";
import { fail, reply } from "../hub/effects.ts";
import { firstThatFit, jsonBytesMax } from "../hub/frame-share.ts";
import type { Handler } from "../hub/hub-state.ts";

/** Rooms of one page: a name and a topic each. */
const pageRooms = 50;
/** What a row takes beside its name and its topic, in bytes. */
const rowBytes = 64;

export const rooms: Handler<"rooms"> = (state, session, command, now) => {
  const { frameBytes } = state.config;
  const retryAfterMs = session.readBudget.reserve(frameBytes, now);
  if (retryAfterMs > 0) return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  const after = command.after === undefined ? undefined : foldName(command.after);
  const bounds = { countMax: pageRooms, frameBytes };
  const { first, bytes, more } = firstThatFit(
    state.directory.behind(after),
    bounds,
    ({ name, topic }) => jsonBytesMax(name) + jsonBytesMax(topic) + rowBytes,
  );
  session.readBudget.giveBack(frameBytes - bytes);
  const page = first.map(({ name, topic, members }) => ({
    room: name as string,
    topic,
    memberCount: members.size,
  }));
  return [reply(session.id, { type: "directory", re: command.id, rooms: page, more })];
};
