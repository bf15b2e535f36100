// What people in conversations are told when the other takes another nick, and when they come into a
// conversation of which a nick was given up before.

import { foldName, type PresenceEvent } from "@maru/protocol/chat";
import { participantsHere, tellConversations } from "./conversation-index.ts";
import { type Effect, type Effects, nothing } from "./effects.ts";
import type { HubState } from "./hub-state.ts";
import { mayEnter } from "./membership.ts";
import type { ChatSession, Room } from "./room-and-session.ts";

type Change = NonNullable<PresenceEvent["renamed"]>[number];
type Names = Pick<ChatSession, "nick" | "nickKey">;

/**
 * What follows when a session, which has its new nick already, gave up `former`. The sessions in a
 * conversation with it are told, and so are those that were told of an earlier nick.
 */
export function tellRenamed(state: HubState, session: ChatSession, former: Names): Effects {
  const { formerNicks } = state;
  formerNicks.take(session.nickKey);
  formerNicks.giveUp(session, former.nickKey);
  const change = { from: former.nick, to: session.nick };
  const told = tellConversations(state, former.nickKey, { renamed: [change] });
  const followed = tellFollowers(state, session, former, change);
  for (const room of state.conversationIndex.of(former.nickKey)) {
    for (const { id } of room.members.values()) {
      formerNicks.follow(session, { session: id, room: room.name, roomKey: room.key });
    }
  }
  const here = tellConversations(state, session.nickKey, { joined: [session.nick] });
  return [...told, ...followed, ...here];
}

/**
 * Who is in the conversation still is told with all who are: what is published must not come behind what
 * is sent to one alone.
 */
function tellFollowers(state: HubState, session: ChatSession, former: Names, change: Change) {
  const published = new Set([...state.conversationIndex.of(former.nickKey)].map(({ key }) => key));
  return state.formerNicks.followersOf(session).flatMap((follower): Effect[] => {
    const { session: id, room, roomKey } = follower;
    const reader = state.sessions.get(id);
    if (reader === undefined || !mayEnter(roomKey, reader.nickKey)) return [];
    const isIn = state.rooms.get(roomKey)?.members.get(reader.nickKey) === reader;
    if (isIn && published.has(roomKey)) return [];
    const memberCount = participantsHere(state, roomKey).length;
    const message = { type: "presence" as const, room, memberCount, renamed: [change] };
    if (!isIn) return [{ kind: "send", session: id, message }];
    published.add(roomKey);
    return [{ kind: "publish", room: roomKey, message }];
  });
}

/** The nick of a conversation's other that was given up, and what it is now; null: none was. */
export function otherRenamed(state: HubState, room: Room, self: ChatSession): Change | null {
  if (!room.isDirect) return null;
  for (const from of room.name.slice(1).split("+")) {
    const key = foldName(from);
    const holder = key === self.nickKey ? undefined : state.formerNicks.holder(key);
    if (holder !== undefined) return { from, to: holder.nick };
  }
  return null;
}

/** A session that enters a conversation with a nick that was given up is told where it goes on. */
export function tellOtherRenamed(state: HubState, room: Room, session: ChatSession): Effects {
  const change = otherRenamed(state, room, session);
  const holder = change === null ? undefined : state.nicks.get(foldName(change.to));
  if (change === null || holder === undefined) return nothing;
  state.formerNicks.follow(holder, { session: session.id, room: room.name, roomKey: room.key });
  const memberCount = participantsHere(state, room.key).length;
  const message = { type: "presence" as const, room: room.name, memberCount, renamed: [change] };
  return [{ kind: "send", session: session.id, message }];
}
