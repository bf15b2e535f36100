// Nicks that were given up, and who had each of them last: as long as that session lives under another
// nick, and the one before is free. And the sessions that were told so, each in its conversation: they
// are told of every further nick, too. So a conversation leads to where the other is now, and takes
// nothing that the former nick's next holder would read.

import type { NameKey, RoomName } from "@maru/protocol/chat";
import type { SessionId } from "./effects.ts";
import type { ChatSession } from "./room-and-session.ts";

/** Former nicks remembered of one session; the one given up longest ago goes. */
export const formerNicksMax = 16;
/** People who follow one session, each once a conversation; of too many, the follower of longest standing goes. */
export const followersMax = 256;

/** A session in a conversation that has gone on elsewhere. */
export interface Follower {
  readonly session: SessionId;
  readonly room: RoomName;
  readonly roomKey: NameKey;
}

interface Past {
  /** The one given up longest ago first. */
  readonly nicks: Set<NameKey>;
  /** By conversation and session. */
  readonly followers: Map<string, Follower>;
}

export class FormerNicks {
  readonly #holders = new Map<NameKey, ChatSession>();
  readonly #pasts = new Map<ChatSession, Past>();

  /** Who had the nick last, and has another one now; undefined where the nick is in use. */
  holder(nick: NameKey): ChatSession | undefined {
    return this.#holders.get(nick);
  }

  followersOf(session: ChatSession): readonly Follower[] {
    return [...(this.#pasts.get(session)?.followers.values() ?? [])];
  }

  giveUp(session: ChatSession, nick: NameKey): void {
    this.take(nick);
    this.#holders.set(nick, session);
    const { nicks } = this.#pastOf(session);
    nicks.add(nick);
    const [oldest] = nicks;
    if (nicks.size > formerNicksMax && oldest !== undefined) this.take(oldest);
  }

  follow(session: ChatSession, follower: Follower): void {
    const { followers } = this.#pastOf(session);
    followers.set(`${follower.roomKey} ${follower.session}`, follower);
    const [oldest] = followers.keys();
    if (followers.size > followersMax && oldest !== undefined) followers.delete(oldest);
  }

  /** The nick has a holder again. */
  take(nick: NameKey): void {
    const session = this.#holders.get(nick);
    if (session === undefined) return;
    this.#holders.delete(nick);
    this.#pasts.get(session)?.nicks.delete(nick);
  }

  /** The session has ended, and goes on as `heir`. */
  passOn(session: ChatSession, heir: ChatSession): void {
    const past = this.#pasts.get(session);
    if (past === undefined) return;
    this.#pasts.delete(session);
    this.#pasts.set(heir, past);
    for (const nick of past.nicks) this.#holders.set(nick, heir);
  }

  /** The session has ended. */
  end(session: ChatSession): void {
    for (const nick of this.#pasts.get(session)?.nicks ?? []) this.#holders.delete(nick);
    this.#pasts.delete(session);
  }

  #pastOf(session: ChatSession): Past {
    const past = this.#pasts.get(session) ?? { nicks: new Set(), followers: new Map() };
    this.#pasts.set(session, past);
    return past;
  }
}
