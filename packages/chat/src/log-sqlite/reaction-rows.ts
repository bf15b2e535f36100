// Who has put which sign under a message, as rows. Runs within the writer's transaction.
// Each sign has one spelling; what an earlier version wrote may have several of one sign. They are
// found by any of them, and made one when something is done to their message: once for each message.

import type { Database, Statement } from "bun:sqlite";
import { canonicalEmoji, type EntryOf } from "@maru/protocol/chat";
import { type EntryRow, spellingsOf } from "./entry-row.ts";

export class ReactionRows {
  readonly #find: Statement<{ seq: number }, [number, string, string]>;
  readonly #put: Statement;
  readonly #takeBack: Statement;
  readonly #forget: Statement;
  readonly #respell: Statement;
  readonly #forgetSpelling: Statement;
  readonly #count: Statement<{ count: number }, [number, string]>;

  constructor(db: Database) {
    const one = "message = ? AND emoji = ? AND account = ?";
    this.#find = db.query(`SELECT seq FROM reaction WHERE ${one}`);
    this.#put = db.query("INSERT INTO reaction VALUES (?, ?, ?, ?)");
    this.#takeBack = db.query(`DELETE FROM reaction WHERE ${one}`);
    this.#forget = db.query("DELETE FROM reaction WHERE message = ?");
    this.#respell = db.query(
      `INSERT OR IGNORE INTO reaction
       SELECT message, ?, account, seq FROM reaction WHERE message = ? AND emoji = ?`,
    );
    this.#forgetSpelling = db.query("DELETE FROM reaction WHERE message = ? AND emoji = ?");
    this.#count = db.query(
      "SELECT count(*) AS count FROM reaction WHERE message = ? AND emoji = ?",
    );
  }

  /** The seq of the account's reaction of this sign to the message, however it is spelled there. */
  find(message: EntryRow, emoji: string, account: string): number | null {
    for (const spelling of [emoji, ...formerSpellings(message, emoji)]) {
      const found = this.#find.get(message.id, spelling, account);
      if (found !== null) return found.seq;
    }
    return null;
  }

  /** The same of one spelling alone. */
  has(message: EntryRow, emoji: string, account: string): boolean {
    return this.#find.get(message.id, emoji, account) !== null;
  }

  put(message: EntryRow, emoji: string, account: string, seq: number): void {
    this.#put.run(message.id, emoji, account, seq);
  }

  takeBack(message: EntryRow, emoji: string, account: string): void {
    this.#takeBack.run(message.id, emoji, account);
  }

  forget(message: EntryRow): void {
    this.#forget.run(message.id);
  }

  /** The message that the row holds, with its rows here in one spelling and its counts by them. */
  inOneSpelling(row: EntryRow, message: EntryOf<"message">): EntryOf<"message"> {
    const reactions = message.reactions?.map((summary) => {
      const { emoji } = summary;
      const former = formerSpellings(row, emoji);
      if (former.length === 0) return summary;
      for (const spelling of former) {
        this.#respell.run(emoji, row.id, spelling);
        this.#forgetSpelling.run(row.id, spelling);
      }
      return { ...summary, count: this.#count.get(row.id, emoji)?.count ?? summary.count };
    });
    return reactions === undefined ? message : { ...message, reactions };
  }
}

/** Under the message, in its row, as an earlier version wrote this sign: not in its one spelling. */
function formerSpellings(message: EntryRow, emoji: string): string[] {
  return spellingsOf(message).filter(
    (spelling) => spelling !== emoji && canonicalEmoji(spelling) === emoji,
  );
}
