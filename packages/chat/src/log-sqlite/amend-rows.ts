// Edits, redactions and reactions in the database: the message's row is what they have made of it,
// so that a page needs no more than the rows of its range. Runs within the writer's transaction.

import type { Database, Statement } from "bun:sqlite";
import { type Amendment, amend, type Entry, type EntryOf, mentionsOf } from "@maru/protocol/chat";
import {
  type AmendmentDraft,
  editsPerMessageMax,
  judgeAmendment,
} from "../entry/judge-amendment.ts";
import type { RefusalCode } from "../room-log.ts";
import { type EntryRow, entryOf, kinds, rowOf } from "./entry-row.ts";
import { ReactionRows } from "./reaction-rows.ts";
import type { Changed, RedactedEdits } from "./redacted-edits.ts";
import type { RoomRow } from "./room-table.ts";
import { entryId, seqOf, seqsPerRoom } from "./schema.ts";

export type Judged =
  | { readonly kind: "allowed" }
  | { readonly kind: "refused"; readonly code: RefusalCode }
  /** The very same reaction is there: its row. */
  | { readonly kind: "same"; readonly row: EntryRow };

export class AmendmentWriter {
  readonly #entry: Statement<EntryRow, [number]>;
  readonly #update: Statement;
  readonly #countEdits: Statement<{ count: number }, [number, number, number]>;
  readonly #redactedEdits: RedactedEdits;
  readonly #reactions: ReactionRows;
  readonly #unmention: Statement;

  constructor(db: Database, redactedEdits: RedactedEdits) {
    this.#redactedEdits = redactedEdits;
    this.#entry = db.query("SELECT * FROM entry WHERE id = ?");
    this.#update = db.query(
      "UPDATE entry SET target = ?, body = ?, flags = ?, done = ?, sum = ? WHERE id = ?",
    );
    this.#countEdits = db.query(
      `SELECT count(*) AS count FROM (SELECT 1 FROM entry WHERE kind = ${kinds.edit} AND target = ?
       AND id BETWEEN ? AND ? LIMIT ${editsPerMessageMax})`,
    );
    this.#reactions = new ReactionRows(db);
    this.#unmention = db.query("DELETE FROM mention WHERE account = ? AND message = ?");
  }

  judge(room: RoomRow | null, draft: AmendmentDraft, account: string): Judged {
    const row = room === null ? null : this.#row(room, draft.target);
    const message = row === null || room === null ? null : entryOf(row, room.name);
    const edits = row !== null && draft.type === "edit" ? this.#editsOf(row) : 0;
    const target =
      row === null || message?.type !== "message"
        ? null
        : {
            message,
            account: row.account,
            edits,
            hasReacted: (emoji: string) => this.#reactions.has(row, emoji, account),
          };
    const code = judgeAmendment(target, draft, account);
    if (code !== null || row === null) return { kind: "refused", code: code ?? "no_such_entry" };
    if (draft.type !== "reaction") return { kind: "allowed" };
    const known = this.#reactions.find(row, draft.emoji, account);
    if ((known === null) !== (draft.removed === true)) return { kind: "allowed" };
    if (known === null) return { kind: "refused", code: "no_such_entry" };
    const same = this.#row(room as RoomRow, known);
    return same === null ? { kind: "allowed" } : { kind: "same", row: same };
  }

  /** Does to the message, which has been judged, what the entry says. Returns what became another. */
  carryOut(room: RoomRow, entry: Amendment, account: string): Changed[] {
    const row = this.#row(room, entry.target) as EntryRow;
    const shown = entryOf(row, room.name) as EntryOf<"message">;
    const before = this.#reactions.inOneSpelling(row, shown);
    const after = amend(before, entry);
    this.#write(row, after);
    switch (entry.type) {
      case "edit":
        this.#forgetMentions(row);
        return [{ room, before, after }];
      case "redaction":
        this.#forgetMentions(row);
        this.#reactions.forget(row);
        return [{ room, before, after }, ...this.#redactedEdits.empty(room, row.id)];
      case "reaction":
        if (entry.removed === true) this.#reactions.takeBack(row, entry.emoji, account);
        else this.#reactions.put(row, entry.emoji, account, entry.seq);
        return [{ room, before, after }];
    }
  }

  /** At most as many as there may be. */
  #editsOf({ id }: EntryRow): number {
    const room = id - seqOf(id);
    return this.#countEdits.get(seqOf(id), id, room + seqsPerRoom - 1)?.count ?? 0;
  }

  #row(room: RoomRow, seq: number): EntryRow | null {
    const isThere = seq >= room.first && seq <= room.head;
    return isThere ? this.#entry.get(entryId(room.id, seq)) : null;
  }

  #write(row: EntryRow, entry: Entry): void {
    const { target, body, flags, done, sum } = rowOf(row.id, entry, row.account, row.cid);
    this.#update.run(target, body, flags, done, sum, row.id);
  }

  #forgetMentions({ id, body }: EntryRow): void {
    for (const account of mentionsOf(body)) this.#unmention.run(account, id);
  }
}
