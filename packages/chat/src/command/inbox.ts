// inbox → conversations: what is unread, in one's direct rooms and in those that one has marked.

import { foldName } from "@maru/protocol/chat";
import { type Effects, type LogTag, refused, reply } from "../hub/effects.ts";
import type { Handler } from "../hub/hub.ts";
import type { HubState } from "../hub/hub-state.ts";
import { questionAnswered, takeQuestion } from "../hub/questions.ts";
import type { LogResult } from "../room-log.ts";

/** Rooms of one page. The longest names, and numbers of all digits, are far within a frame. */
const pageRooms = 50;

export const inbox: Handler<"inbox"> = (_state, session, command) => {
  const tooMany = takeQuestion(session, command.id);
  if (tooMany !== null) return tooMany;
  const after = command.after === undefined ? "" : foldName(command.after);
  const tag = { kind: "inbox" as const, session: session.id, re: command.id };
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
  { session, re }: Extract<LogTag, { kind: "inbox" }>,
  result: LogResult<LogTag>,
): Effects {
  questionAnswered(state.sessions.get(session));
  if (result.kind !== "inbox") return refused(session, re, result);
  const rooms = result.rooms.map(({ key: _key, name, ...counts }) => ({ room: name, ...counts }));
  return [reply(session, { type: "conversations", re, rooms, more: result.more })];
}
