// The one writer: puts a batch of entries, and what they do to others, into the database. Everything
// here runs within the transaction of its batch; if that fails, nothing of it has happened.

import type { Database, Statement } from "bun:sqlite";
import { type Amendment, type Entry, mentionsOf } from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import type { AppendRequest, LogResult, MarkRequest, RecallRequest } from "../room-log.ts";
import { AmendmentWriter } from "./amend-rows.ts";
import { type EntryRow, entryOf, rowOf } from "./entry-row.ts";
import type { MarkerWriter } from "./marker-rows.ts";
import { type Changed, RedactedEdits } from "./redacted-edits.ts";
import type { RoomRow, RoomTable } from "./room-table.ts";
import { entryId, roomOf } from "./schema.ts";
import { withSpoken } from "./spoken-bits.ts";

/** What a batch has changed, in order: what memory must know once it is committed. */
export type Change =
  | {
      readonly kind: "added";
      readonly room: RoomRow;
      readonly entry: Entry;
      /** By `entryBytesMax`. */
      readonly bytes: number;
    }
  /** An entry that stands there already says something else. */
  | { readonly kind: "changed"; readonly room: RoomRow; readonly entry: Entry };

export class EntryWriter {
  readonly #rooms: RoomTable;
  readonly #redactedEdits: RedactedEdits;
  readonly #amendments: AmendmentWriter;
  readonly #insert: Statement;
  readonly #byCid: Statement<EntryRow, [string, string]>;
  readonly #roomName: Statement<{ name: string }, [number]>;
  readonly #mention: Statement;
  readonly #markers: MarkerWriter;

  constructor(db: Database, rooms: RoomTable, markers: MarkerWriter) {
    this.#rooms = rooms;
    this.#markers = markers;
    this.#redactedEdits = new RedactedEdits(db, rooms);
    this.#amendments = new AmendmentWriter(db, this.#redactedEdits);
    this.#insert = db.query(
      "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, cid) WHERE cid IS NOT NULL DO NOTHING",
    );
    this.#byCid = db.query("SELECT * FROM entry WHERE account = ? AND cid = ?");
    this.#roomName = db.query("SELECT name FROM room WHERE id = ?");
    this.#mention = db.query("INSERT OR IGNORE INTO mention VALUES (?, ?)");
  }

  /** `now` is the wall clock. */
  carryOut<T>(
    request: AppendRequest<T> | RecallRequest<T> | MarkRequest<T>,
    changes: Change[],
    now: number,
  ): LogResult<T> {
    switch (request.kind) {
      case "append":
        return this.#append(request, changes);
      case "recall":
        return this.#recall(request);
      case "mark":
        return this.#mark(request, now);
    }
  }

  /** Whether something was begun that a further transaction goes on with. */
  get isEmptying(): boolean {
    return this.#redactedEdits.isLeft;
  }

  /** At the beginning of a transaction: the next part of what an earlier one has begun. */
  goOn(changes: Change[]): void {
    if (this.isEmptying) this.#note(this.#redactedEdits.goOn(), changes);
  }

  #recall<T>({ account, cid, tag }: RecallRequest<T>): LogResult<T> {
    const row = this.#byCid.get(account, cid);
    return { kind: "recalled", tag, entry: row && this.#entryOf(row) };
  }

  #append<T>(request: AppendRequest<T>, changes: Change[]): LogResult<T> {
    const { account, cid, draft, tag } = request;
    const found = this.#rooms.find(request.room);
    // A plain entry of a known room is a duplicate if it can't be put in: no question before that.
    if (found === null || "target" in draft) {
      const known = cid === undefined ? null : this.#byCid.get(account, cid);
      if (known !== null) return this.#duplicate(known, tag);
    }
    if ("target" in draft) {
      const judged = this.#amendments.judge(found, draft, account);
      if (judged.kind === "refused") return { kind: "refused", tag, code: judged.code };
      if (judged.kind === "same") return this.#duplicate(judged.row, tag);
    }
    if (found === null && this.#rooms.isFull) return full(tag);
    const room = found ?? this.#rooms.findOrAdd(request.room, draft.room);
    const entry: Entry = { ...draft, room: room.name, seq: room.head + 1 };
    if (!this.#put(room, entry, account, cid ?? null)) {
      return this.#duplicate(this.#byCid.get(account, cid as string) as EntryRow, tag);
    }
    this.#rooms.touch(room);
    room.head = entry.seq;
    room.entries += 1;
    const bytes = entryBytesMax(entry);
    room.bytes += bytes;
    if (entry.type === "topic") room.topic = entry.topic;
    room.spoken = withSpoken(room.spoken, room.key, account);
    changes.push({ kind: "added", room, entry, bytes });
    if ("target" in entry) this.#amend(room, entry, account, changes);
    else if (entry.type === "message") this.#noteMentions(room, entry.seq, entry.text);
    return { kind: "appended", tag, entry, duplicate: false };
  }

  /** Of a room that is not known nothing can have been read: there is nothing to keep. */
  #mark<T>(request: MarkRequest<T>, now: number): LogResult<T> {
    const { room: key, account, seq, mayAdd, tag } = request;
    const room = this.#rooms.find(key);
    if (room === null || this.#markers.set(account, room.id, seq, now)) {
      return { kind: "marked", tag, seq, added: false };
    }
    if (!mayAdd) return { kind: "unmarked", tag };
    this.#markers.add(account, room.id, seq, now);
    return { kind: "marked", tag, seq, added: true };
  }

  /** False if this (account, cid) is in there. */
  #put(room: RoomRow, entry: Entry, account: string, cid: string | null): boolean {
    const row = rowOf(entryId(room.id, entry.seq), entry, account, cid);
    const { id, at, kind, sender, target, body, flags, done, sum } = row;
    const { changes } = this.#insert.run(
      id,
      at,
      kind,
      account,
      sender,
      cid,
      target,
      body,
      flags,
      done,
      sum,
    );
    return changes > 0;
  }

  #duplicate<T>(row: EntryRow, tag: T): LogResult<T> {
    return { kind: "appended", tag, entry: this.#entryOf(row), duplicate: true };
  }

  #entryOf(row: EntryRow): Entry {
    const { name } = this.#roomName.get(roomOf(row.id)) as { name: string };
    return entryOf(row, name);
  }

  #amend(room: RoomRow, entry: Amendment, account: string, changes: Change[]): void {
    const changed = this.#amendments.carryOut(room, entry, account);
    this.#note(changed, changes);
    for (const { after } of changed) {
      if (after.type === "message" && after.edited === entry.seq) {
        this.#noteMentions(room, after.seq, after.text);
      }
    }
  }

  #note(changed: readonly Changed[], changes: Change[]): void {
    for (const { room, before, after } of changed) {
      this.#rooms.touch(room);
      room.bytes += entryBytesMax(after) - entryBytesMax(before);
      changes.push({ kind: "changed", room, entry: after });
    }
  }

  #noteMentions(room: RoomRow, seq: number, text: string): void {
    for (const account of mentionsOf(text)) this.#mention.run(account, entryId(room.id, seq));
  }
}

/** The database has as many rooms as it can have. */
function full<T>(tag: T): LogResult<T> {
  return { kind: "refused", tag, code: "server_full" };
}
