// Which nicks are in use. Two that look alike are one: a name's skeleton is its key here.

import { type NameKey, nickSkeleton } from "@maru/protocol/chat";
import type { ChatSession } from "./chat-session.ts";

export class NickRegistry {
  readonly #bySkeleton = new Map<string, ChatSession>();
  readonly #byKey = new Map<NameKey, ChatSession>();

  /** Who has this nick, or one that can't be told from it. */
  holderOf(key: NameKey): ChatSession | undefined {
    return this.#bySkeleton.get(nickSkeleton(key));
  }

  /** Who has exactly this nick. */
  get(key: NameKey): ChatSession | undefined {
    return this.#byKey.get(key);
  }

  /** Gives the session its nick; the caller has seen that nobody else holds it. */
  take(session: ChatSession): void {
    this.#bySkeleton.set(nickSkeleton(session.nickKey), session);
    this.#byKey.set(session.nickKey, session);
  }

  release(session: ChatSession): void {
    const skeleton = nickSkeleton(session.nickKey);
    if (this.#bySkeleton.get(skeleton) === session) this.#bySkeleton.delete(skeleton);
    if (this.#byKey.get(session.nickKey) === session) this.#byKey.delete(session.nickKey);
  }
}
