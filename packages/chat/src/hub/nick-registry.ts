// Which nicks are in use. Two that are equal, or that look alike as they are written, are one here.

import { type NameKey, type Nick, nickSkeleton } from "@maru/protocol/chat";
import type { ChatSession } from "./room-and-session.ts";

export class NickRegistry {
  readonly #bySkeleton = new Map<string, ChatSession>();
  readonly #byKey = new Map<NameKey, ChatSession>();

  /**
   * Whether no other session has this nick, or one that can't be told from it. The two may have different
   * holders, so it is not enough to find oneself: `HPA` looks like ΗΡΑ, whose key is that of ηρα.
   */
  isFreeFor(
    session: ChatSession | undefined,
    { name, key }: { name: Nick; key: NameKey },
  ): boolean {
    const holders = [this.#byKey.get(key), this.#bySkeleton.get(nickSkeleton(name))];
    return holders.every((holder) => holder === undefined || holder === session);
  }

  /** Who has exactly this nick. */
  get(key: NameKey): ChatSession | undefined {
    return this.#byKey.get(key);
  }

  /** Gives the session its nick, which is free for it; it has given up the one before. */
  take(session: ChatSession): void {
    this.#bySkeleton.set(nickSkeleton(session.nick), session);
    this.#byKey.set(session.nickKey, session);
  }

  release(session: ChatSession): void {
    const skeleton = nickSkeleton(session.nick);
    if (this.#bySkeleton.get(skeleton) === session) this.#bySkeleton.delete(skeleton);
    if (this.#byKey.get(session.nickKey) === session) this.#byKey.delete(session.nickKey);
  }
}
