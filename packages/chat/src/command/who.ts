// who → members: one page of the people in a room, by name.

import { directParticipants, foldName, type NameKey } from "@maru/protocol/chat";
import { participantsHere } from "../hub/conversation-index.ts";
import { fail, reply } from "../hub/effects.ts";
import { parseName } from "../hub/find-room.ts";
import { firstThatFit, jsonBytesMax } from "../hub/frame-share.ts";
import type { Handler, HubState } from "../hub/hub-state.ts";
import type { ChatSession } from "../hub/room-and-session.ts";

/** Nicks of one page. */
const pageMembers = 100;

export const who: Handler<"who"> = (state, session, command, now) => {
  const parsed = parseName(session, command);
  if (!parsed.ok) return parsed.effects;
  const { frameBytes } = state.config;
  const retryAfterMs = session.readBudget.reserve(frameBytes, now);
  if (retryAfterMs > 0) return fail(session.id, command.id, "rate_limited", { retryAfterMs });
  const room = state.rooms.get(parsed.key);
  const after = command.after === undefined ? undefined : foldName(command.after);
  const bounds = { countMax: pageMembers, frameBytes };
  const page = firstThatFit(peopleIn(state, parsed.key, after), bounds, ({ nick }) =>
    jsonBytesMax(nick),
  );
  session.readBudget.giveBack(frameBytes - page.bytes);
  const name = room?.name ?? parsed.name;
  const members = page.first.map(({ nick }) => nick);
  return [
    reply(session.id, { type: "members", re: command.id, room: name, members, more: page.more }),
  ];
};

/** Those behind `after`: of a room its members, of a conversation who of the two is here. */
function peopleIn(
  state: HubState,
  room: NameKey,
  after: NameKey | undefined,
): Iterable<ChatSession> {
  if (directParticipants(room) === null) return state.rooms.get(room)?.members.behind(after) ?? [];
  return participantsHere(state, room).filter(
    ({ nickKey }) => after === undefined || nickKey > after,
  );
}
