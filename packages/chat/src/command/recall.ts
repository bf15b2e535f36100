// A command with a cid that is to be refused, though it may be one that was acknowledged: its answer was
// lost with a connection, and what would refuse it now did not stand in its way then. So the log is
// asked first, whatever the refusal; only what is not stored is refused.

import { parseRoom } from "@maru/protocol/chat";
import { type Effects, type LogTag, refused } from "../hub/effects.ts";
import type { HubState } from "../hub/hub-state.ts";
import type { ChatSession, SessionCommand } from "../hub/room-and-session.ts";
import type { LogResult } from "../room-log.ts";
import { duplicateReply } from "./send.ts";

/** What follows from a refusal: itself, or the question whether the log has the entry already. */
export function recallBefore(
  refusal: Effects,
  session: ChatSession,
  command: SessionCommand,
): Effects {
  if (!("cid" in command) || command.cid === undefined) return refusal;
  const parsed = parseRoom(command.room);
  // What has no name that a room can have was never stored.
  if (!parsed.ok) return refusal;
  const { id, nickKey: account } = session;
  const tag = { kind: "recall" as const, session: id, re: command.id, account, refusal };
  const request = { kind: "recall" as const, room: parsed.key, account, cid: command.cid, tag };
  return [{ kind: "log", request }];
}

export function recalled(
  state: HubState,
  { session, re, account, refusal }: Extract<LogTag, { kind: "recall" }>,
  result: LogResult<LogTag>,
): Effects {
  // Whether it is stored is not known: the refusal may be wrong.
  if (result.kind !== "recalled") return refused(session, re, result);
  const { entry } = result;
  if (entry === null) return refusal;
  return [duplicateReply(state, { session, re, account }, entry)];
}
