// The conversations that are in memory, by the nicks of their two people, and who of the two is here.
// "Here" is online with that nick: a conversation needs no join, so membership says nothing.

import { directParticipants, type NameKey, type PresenceEvent } from "@maru/protocol/chat";
import type { Effect, Effects } from "./effects.ts";
import type { NickRegistry } from "./nick-registry.ts";
import type { ChatSession, Room } from "./room-and-session.ts";

export class ConversationIndex {
  readonly #byNick = new Map<NameKey, Set<Room>>();

  add(room: Room): void {
    for (const nick of directParticipants(room.key) ?? []) {
      const rooms = this.#byNick.get(nick);
      if (rooms === undefined) this.#byNick.set(nick, new Set([room]));
      else rooms.add(room);
    }
  }

  remove(room: Room): void {
    for (const nick of directParticipants(room.key) ?? []) {
      const rooms = this.#byNick.get(nick);
      if (rooms?.delete(room) === true && rooms.size === 0) this.#byNick.delete(nick);
    }
  }

  of(nick: NameKey): Iterable<Room> {
    return this.#byNick.get(nick) ?? [];
  }
}

/** What of the hub's state says who is here, and in which conversations. */
export interface ConversationState {
  readonly nicks: NickRegistry;
  /** Conversations among the rooms in memory, by their nicks. */
  readonly conversationIndex: ConversationIndex;
}

/** Who of a conversation's two is here, in the order of their keys; of oneself alone, once. */
export function participantsHere(
  { nicks }: Pick<ConversationState, "nicks">,
  room: NameKey,
): ChatSession[] {
  const keys = new Set(directParticipants(room) ?? []);
  return [...keys].sort().flatMap((key) => nicks.get(key) ?? []);
}

/** Whether the other of a conversation, as the account `self` sees it, is not here. */
export function isOtherAbsent(
  { nicks }: Pick<ConversationState, "nicks">,
  room: NameKey,
  self: NameKey,
): boolean {
  const others = (directParticipants(room) ?? []).filter((key) => key !== self);
  return others.some((key) => nicks.get(key) === undefined);
}

/** Tells those who are in a conversation with `nick` what became of its holder. */
export function tellConversations(
  state: ConversationState,
  nick: NameKey,
  change: Pick<PresenceEvent, "joined" | "left" | "renamed">,
): Effects {
  return [...state.conversationIndex.of(nick)].flatMap((room): Effect[] => {
    if (room.members.size === 0) return [];
    const memberCount = participantsHere(state, room.key).length;
    const message = { type: "presence" as const, room: room.name, memberCount, ...change };
    return [{ kind: "publish", room: room.key, message }];
  });
}
