// history → page: entries of a room's log, for members only.

import type { CommandOf } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler, HubState } from "../hub/hub-state.ts";
import { type ChatSession, entryIn } from "../hub/room-and-session.ts";
import type { LogResult, ReadRange } from "../room-log.ts";

/** Of a frame, what the page's own keys may take, in bytes. */
const pageOverheadBytes = 1_024;

export const history: Handler<"history"> = (state, session, command, now) => {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const range = rangeOf(command);
  if (range === null) {
    const message = "give one of before, after and around";
    return fail(session.id, command.id, "invalid_message", { message, field: "after" });
  }
  const { historyPage } = state.config;
  const bytesMax = pageBytesMax(state);
  const retryAfterMs = session.readBudget.reserve(bytesMax, now);
  if (retryAfterMs > 0) return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  const room = found.room.key;
  const request = {
    kind: "read" as const,
    room,
    range,
    entriesMax: Math.min(command.limit, historyPage),
    bytesMax,
    asker: session.id,
    tag: { kind: "history" as const, session: session.id, re: command.id, room, bytesMax },
  };
  return [{ kind: "log", request }];
};

/** Bytes of entries that one page may have. */
export function pageBytesMax({ config }: HubState): number {
  return config.frameBytes - pageOverheadBytes;
}

function rangeOf({ before, after, around }: CommandOf<"history">): ReadRange | null {
  const given = [before, after, around].filter((seq) => seq !== undefined);
  if (given.length > 1) return null;
  if (after !== undefined) return { after };
  return around === undefined ? { before: before ?? Number.MAX_SAFE_INTEGER } : { around };
}

export function historyRead(
  state: HubState,
  { session: id, re, room: key, bytesMax }: Extract<LogTag, { kind: "history" }>,
  result: LogResult<LogTag>,
): Effects {
  settleRead(state.sessions.get(id), bytesMax, result);
  if (result.kind !== "page") return refused(id, re, result);
  const room = state.rooms.get(key);
  // What the log has beyond the room's head is still on its way here: a reader who saw it now would
  // be told an older head by the next join.
  const head = Math.min(result.head, room?.head ?? result.head);
  const entries = result.entries
    .filter(({ seq }) => seq <= head)
    .map((entry) => (room ? entryIn(room, entry) : entry));
  const { more } = result;
  const gap = result.gap && { gap: true as const };
  return [reply(id, { type: "page", re, entries, more, head, ...gap })];
}

/** Gives back what was reserved for a read and not used by it. */
export function settleRead(
  session: ChatSession | undefined,
  reserved: number,
  result: LogResult<LogTag>,
): void {
  const isRead = result.kind === "page" || result.kind === "found";
  const entries = isRead ? result.entries : [];
  const read = entries.reduce((bytes, entry) => bytes + entryBytesMax(entry), 0);
  session?.readBudget.giveBack(reserved - read);
}
