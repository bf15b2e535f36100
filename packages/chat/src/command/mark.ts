// mark → marked: how far somebody has read a room. Nobody else is told.

import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { findOwn } from "../hub/find-room.ts";
import type { Handler } from "../hub/hub.ts";
import type { LogResult } from "../room-log.ts";

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
  return [{ kind: "log", request: { kind: "mark", room, account: session.nickKey, seq, tag } }];
};

export function marked(
  { session, re, name }: Extract<LogTag, { kind: "mark" }>,
  result: LogResult<LogTag>,
): Effects {
  if (result.kind !== "marked") return refused(session, re, result);
  return [reply(session, { type: "marked", re, room: name, seq: result.seq })];
}
