// The conversations that people have left by their own word: what the other says there is stored and
// counted in their inbox, and brings them back only once they write or join there themselves. Kept by
// account, so that a new connection doesn't change it; for as long as the process lives.

import type { NameKey } from "@maru/protocol/chat";

/** Conversations of one account; the one left longest ago goes. */
export const leftPerAccountMax = 256;
/** Accounts of people who are not here; those that left something longest ago go. */
export const absentAccountsMax = 10_000;

export class LeftConversations {
  /** The least recently changed first. */
  readonly #byAccount = new Map<NameKey, Set<NameKey>>();
  readonly #isHere: (account: NameKey) => boolean;

  constructor(isHere: (account: NameKey) => boolean) {
    this.#isHere = isHere;
  }

  has(account: NameKey, room: NameKey): boolean {
    return this.#byAccount.get(account)?.has(room) ?? false;
  }

  leave(account: NameKey, room: NameKey): void {
    const rooms = this.#byAccount.get(account) ?? new Set();
    this.#byAccount.delete(account);
    this.#byAccount.set(account, rooms);
    rooms.delete(room);
    rooms.add(room);
    const [oldest] = rooms;
    if (rooms.size > leftPerAccountMax && oldest !== undefined) rooms.delete(oldest);
    if (this.#byAccount.size > absentAccountsMax) this.#forgetOne();
  }

  /** The account writes there, or joins it. */
  back(account: NameKey, room: NameKey): void {
    const rooms = this.#byAccount.get(account);
    if (rooms?.delete(room) === true && rooms.size === 0) this.#byAccount.delete(account);
  }

  /** The oldest of those who are not here. The others change places, so that each look is short. */
  #forgetOne(): void {
    for (const [account, rooms] of [...this.#firsts()]) {
      this.#byAccount.delete(account);
      if (!this.#isHere(account)) return;
      this.#byAccount.set(account, rooms);
    }
  }

  *#firsts(): Generator<[NameKey, Set<NameKey>]> {
    let left = lookedAtMax;
    for (const entry of this.#byAccount) {
      if (left-- <= 0) return;
      yield entry;
    }
  }
}

/** Accounts looked at for one that may go. */
const lookedAtMax = 100;
