// The conversations that people have left by their own word: what the other says there is stored and
// counted in their inbox, and brings them back only once they write or join there themselves. Kept by
// account, so that a new connection doesn't change it; for as long as the process lives.
//
// Both tables are bounded, and of too many accounts those of the address with most of them go. What was
// left before a word was said there is easily made up, and stands in a table of its own.

import type { NameKey } from "@maru/protocol/chat";
import { SharedTable } from "./shared-table.ts";

/** Conversations of one account; the one left longest ago goes. */
export const leftPerAccountMax = 256;
/** Accounts, but for those of people who are here, which all stay. */
export const absentAccountsMax = 10_000;

type Table = SharedTable<string, NameKey, Set<NameKey>>;

export interface Leaving {
  readonly account: NameKey;
  readonly room: NameKey;
  /** From where the account has left it. */
  readonly network: string;
  /** Whether anything was ever said there. */
  readonly isBegun: boolean;
}

export class LeftConversations {
  readonly #begun: Table;
  readonly #silent: Table;

  constructor(isHere: (account: NameKey) => boolean) {
    const mayGo = (account: NameKey) => !isHere(account);
    this.#begun = new SharedTable(absentAccountsMax, mayGo);
    this.#silent = new SharedTable(absentAccountsMax, mayGo);
  }

  has(account: NameKey, room: NameKey): boolean {
    return [this.#begun, this.#silent].some((table) => table.get(account)?.has(room));
  }

  leave({ account, room, network, isBegun }: Leaving): void {
    this.back(account, room);
    const table = isBegun ? this.#begun : this.#silent;
    const rooms = table.get(account) ?? new Set();
    rooms.add(room);
    const [oldest] = rooms;
    if (rooms.size > leftPerAccountMax && oldest !== undefined) rooms.delete(oldest);
    table.set(network, account, rooms);
  }

  /** The account writes there, or joins it. */
  back(account: NameKey, room: NameKey): void {
    for (const table of [this.#begun, this.#silent]) {
      const rooms = table.get(account);
      if (rooms?.delete(room) === true && rooms.size === 0) table.delete(account);
    }
  }
}
