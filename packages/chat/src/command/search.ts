// search → page: messages by what they say, in rooms that the asker may read: judged when it asks,
// and again when the answer is there, for it may have left meanwhile.

import { directParticipants, foldName, type NameKey, parseNick } from "@maru/protocol/chat";
import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub-state.ts";
import { questionAnswered, takeQuestion } from "../hub/questions.ts";
import type { ChatSession } from "../hub/room-and-session.ts";
import type { LogResult } from "../room-log.ts";
import { parseQuery } from "../search/query.ts";
import { formatCursor, parseCursor, searchDigest } from "../search/search-cursor.ts";
import { pageBytesMax, settleRead } from "./history.ts";

export const search: Handler<"search"> = (state, session, command, now) => {
  const invalid = (message: string, field: string): Effects =>
    fail(session.id, command.id, "invalid_message", { message, field });
  const query = parseQuery(command.query);
  if (!query.ok) return invalid(`the query: ${query.problem}`, "query");
  const from = command.from === undefined ? null : parseNick(command.from);
  if (from?.ok === false) return invalid(`the nick: ${from.problem}`, "from");
  if (command.before !== undefined && command.room === undefined) {
    return invalid("rooms have seqs of their own: give a room too, or use until", "before");
  }
  const found =
    command.room === undefined ? null : findOwn(state, session, { ...command, room: command.room });
  if (found?.ok === false) return found.effects;
  const digest = searchDigest(command);
  const cursor = command.cursor === undefined ? null : parseCursor(command.cursor, digest);
  if (cursor?.ok === false) return invalid(`the cursor: ${cursor.problem}`, "cursor");
  const bytesMax = pageBytesMax(state);
  const retryAfterMs = session.readBudget.reserve(bytesMax, now);
  if (retryAfterMs > 0) return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  const tooMany = takeQuestion(session, command.id);
  if (tooMany !== null) {
    session.readBudget.giveBack(bytesMax);
    return tooMany;
  }
  const everywhere = [...session.rooms].filter(({ isDirect }) => !isDirect);
  const request = {
    kind: "search" as const,
    rooms: (found === null ? everywhere : [found.room]).map(({ key }) => key),
    conversationsOf: found === null ? session.nickKey : null,
    terms: query.terms,
    from: from?.key ?? null,
    since: command.since ?? null,
    until: command.until ?? null,
    before: command.before ?? null,
    place: cursor?.place ?? null,
    entriesMax: Math.min(command.limit, state.config.historyPage),
    bytesMax,
    asker: session.id,
    tag: { kind: "search" as const, session: session.id, re: command.id, bytesMax, digest },
  };
  return [{ kind: "log", request }];
};

export function found(
  state: Parameters<typeof search>[0],
  { session: id, re, bytesMax, digest }: Extract<LogTag, { kind: "search" }>,
  result: LogResult<LogTag>,
): Effects {
  const session = state.sessions.get(id);
  settleRead(session, bytesMax, result);
  questionAnswered(session);
  if (result.kind !== "found") return refused(id, re, result);
  if (session === undefined) return [];
  const may = readable(session);
  const entries = result.entries.filter(({ room }) => may(foldName(room)));
  const indexing = result.indexing && { indexing: true as const };
  const next = result.next !== null && { next: formatCursor(result.next, digest) };
  return [
    reply(id, { type: "page", re, entries, more: result.next !== null, ...next, ...indexing }),
  ];
}

/** Whether a session may read a room now: it is in there, or the conversation is its own. */
function readable(session: ChatSession): (room: NameKey) => boolean {
  const joined = new Set([...session.rooms].map(({ key }) => key));
  return (room) => {
    const people = directParticipants(room);
    return people === null ? joined.has(room) : people.includes(session.nickKey);
  };
}
