// inbox → conversations: what is unread, in one's direct rooms and in those that one has marked.

import { foldName } from "@maru/protocol/chat";
import { type Effects, fail, type LogTag, refused, reply } from "../hub/effects.ts";
import { jsonBytes } from "../hub/frame-share.ts";
import type { Handler, HubState } from "../hub/hub-state.ts";
import { questionAnswered, takeQuestion } from "../hub/questions.ts";
import type { LogResult, Unread } from "../room-log.ts";
import { pageBytesMax } from "./history.ts";

/** Rooms of one page. The longest names, and numbers of all digits, are far within a frame. */
const pageRooms = 50;
/** What a row takes beside its name, in bytes. */
const rowBytes = 192;

export const inbox: Handler<"inbox"> = (state, session, command, now) => {
  const bytesMax = pageBytesMax(state);
  const retryAfterMs = session.readBudget.reserve(bytesMax, now);
  if (retryAfterMs > 0) return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  const tooMany = takeQuestion(session, command.id);
  if (tooMany !== null) {
    session.readBudget.giveBack(bytesMax);
    return tooMany;
  }
  const after = command.after === undefined ? "" : foldName(command.after);
  const tag = { kind: "inbox" as const, session: session.id, re: command.id, bytesMax };
  const request = {
    kind: "inbox" as const,
    account: session.nickKey,
    after,
    roomsMax: pageRooms,
    asker: session.id,
    tag,
  };
  return [{ kind: "log", request }];
};

export function inboxRead(
  state: HubState,
  { session: id, re, bytesMax }: Extract<LogTag, { kind: "inbox" }>,
  result: LogResult<LogTag>,
): Effects {
  const session = state.sessions.get(id);
  questionAnswered(session);
  session?.readBudget.giveBack(bytesMax - (result.kind === "inbox" ? bytesOf(result.rooms) : 0));
  if (result.kind !== "inbox") return refused(id, re, result);
  const rooms = result.rooms.map(({ key: _key, name, ...counts }) => ({ room: name, ...counts }));
  return [reply(id, { type: "conversations", re, rooms, more: result.more })];
}

function bytesOf(rooms: readonly Unread[]): number {
  return rooms.reduce((bytes, { name }) => bytes + jsonBytes(name) + rowBytes, 0);
}
