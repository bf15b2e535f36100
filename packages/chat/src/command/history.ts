// history → page: entries of a room's log, for members only.

import type { ChatSession } from "../hub/chat-session.ts";
import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub.ts";
import type { HubState } from "../hub/hub-state.ts";
import { entryIn } from "../hub/room.ts";
import { entryBytesMax, type LogResult } from "../room-log.ts";

/** Of a frame, what the page's own keys may take, in bytes. */
const pageOverheadBytes = 1_024;

export const history: Handler<"history"> = (state, session, command, now) => {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const { before, after, limit } = command;
  if (before !== undefined && after !== undefined) {
    const message = "give before or after, not both";
    return fail(session.id, command.id, "invalid_message", { message, field: "after" });
  }
  const { historyPage, frameBytes } = state.config.limits;
  const bytesMax = frameBytes - pageOverheadBytes;
  const retryAfterMs = session.readBudget.reserve(bytesMax, now);
  if (retryAfterMs > 0) return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  const room = found.room.key;
  const request = {
    kind: "read" as const,
    room,
    range: after === undefined ? { before: before ?? Number.MAX_SAFE_INTEGER } : { after },
    entriesMax: Math.min(limit, historyPage),
    bytesMax,
    tag: { kind: "history" as const, session: session.id, re: command.id, room, bytesMax },
  };
  return [{ kind: "log", request }];
};

export function historyRead(
  state: HubState,
  { session: id, re, room: key, bytesMax }: Extract<LogTag, { kind: "history" }>,
  result: LogResult<LogTag>,
): Effects {
  settleRead(state.sessions.get(id), bytesMax, result);
  if (result.kind !== "page") return refused(id, re, result);
  const room = state.rooms.get(key);
  const entries = result.entries.map((entry) => (room ? entryIn(room, entry) : entry));
  const gap = result.gap && { gap: true as const };
  return [reply(id, { type: "page", re, entries, more: result.more, ...gap })];
}

/** Gives back what was reserved for a read and not used by it. */
export function settleRead(
  session: ChatSession | undefined,
  reserved: number,
  result: LogResult<LogTag>,
): void {
  const entries = result.kind === "page" ? result.entries : [];
  const read = entries.reduce((bytes, entry) => bytes + entryBytesMax(entry), 0);
  session?.readBudget.giveBack(reserved - read);
}
