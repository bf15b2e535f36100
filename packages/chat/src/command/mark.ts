// mark → marked: how far somebody has read a room. Nobody else is told. In a room without entries it
// costs no row: it is noted for as long as the room has members, and set when something is said.

import type { NameKey } from "@maru/protocol/chat";
import { type Effect, type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub.ts";
import type { Room } from "../hub/room.ts";
import type { LogResult } from "../room-log.ts";

/** Accounts that are noted of one room without entries. */
export const markedEmptyMax = 1_000;

export const mark: Handler<"mark"> = (state, session, command) => {
  const found = findOwn(state, session, command);
  if (!found.ok) return found.effects;
  const { key: room, name, head } = found.room;
  const { seq } = command;
  if (seq > head) {
    const message = `the seq: the room's newest is ${head}`;
    return fail(session.id, command.id, "invalid_message", { message, field: "seq" });
  }
  const tag = { kind: "mark" as const, session: session.id, re: command.id, name: name as string };
  if (head === 0 && !found.room.isDirect) noteEmpty(found.room, session.nickKey);
  return [{ kind: "log", request: { kind: "mark", room, account: session.nickKey, seq, tag } }];
};

function noteEmpty({ markedEmpty }: Room, account: NameKey): void {
  if (markedEmpty.size < markedEmptyMax) markedEmpty.add(account);
}

/** The room has its first entry: what was noted is set, for those who have read nothing of it. */
export function setNoted(room: Room): Effects {
  const marks = [...room.markedEmpty].map((account): Effect => {
    // Answers nobody: the command was answered long ago.
    const tag = { kind: "mark" as const, session: 0, re: 0, name: room.name as string };
    return { kind: "log", request: { kind: "mark", room: room.key, account, seq: 0, tag } };
  });
  room.markedEmpty.clear();
  return marks;
}

export function marked(
  { session, re, name }: Extract<LogTag, { kind: "mark" }>,
  result: LogResult<LogTag>,
): Effects {
  if (result.kind !== "marked") return refused(session, re, result);
  return [reply(session, { type: "marked", re, room: name, seq: result.seq })];
}
