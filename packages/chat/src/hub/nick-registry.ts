// Which nicks are in use. Two that are equal, or that look alike as they are written, are one here.

import { type NameKey, type Nick, nickSkeleton } from "@maru/protocol/chat";
import type { ChatSession } from "./chat-session.ts";

export class NickRegistry {
  readonly #bySkeleton = new Map<string, ChatSession>();
  readonly #byKey = new Map<NameKey, ChatSession>();

  /** Who has this nick, or one that can't be told from it. */
  holderOf({ name, key }: { name: Nick; key: NameKey }): ChatSession | undefined {
    return this.#byKey.get(key) ?? this.#bySkeleton.get(nickSkeleton(name));
  }

  /** Who has exactly this nick. */
  get(key: NameKey): ChatSession | undefined {
    return this.#byKey.get(key);
  }

  /** Gives the session its nick; the caller has seen that nobody else holds it. */
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
