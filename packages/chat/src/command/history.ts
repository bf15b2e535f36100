// history → page: entries of a room's log, for members only.

import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub.ts";
import type { HubState } from "../hub/hub-state.ts";
import { entryIn } from "../hub/room.ts";
import type { LogResult } from "../room-log.ts";

/** Of a frame, what the page's own keys may take, in bytes. */
const pageOverheadBytes = 1_024;

export const history: Handler<"history"> = (state, session, command) => {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const { before, after, limit } = command;
  if (before !== undefined && after !== undefined) {
    const message = "give before or after, not both";
    return fail(session.id, command.id, "invalid_message", { message, field: "after" });
  }
  const { historyPage, frameBytes } = state.config.limits;
  const range = after === undefined ? { before: before ?? Number.MAX_SAFE_INTEGER } : { after };
  const request = {
    kind: "read" as const,
    room: found.room.key,
    range,
    entriesMax: Math.min(limit, historyPage),
    bytesMax: frameBytes - pageOverheadBytes,
    tag: { kind: "history" as const, session: session.id, re: command.id, room: found.room.key },
  };
  return [{ kind: "log", request }];
};

export function historyRead(
  state: HubState,
  { session, re, room: key }: Extract<LogTag, { kind: "history" }>,
  result: LogResult<LogTag>,
): Effects {
  if (result.kind !== "page") return refused(session, re, result);
  const room = state.rooms.get(key);
  const entries = result.entries.map((entry) => (room ? entryIn(room, entry) : entry));
  return [reply(session, { type: "page", re, entries, more: result.more })];
}
