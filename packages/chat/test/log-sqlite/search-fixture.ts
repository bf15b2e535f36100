// A main database and its index in a folder of their own, for the tests of search: says, edits and
// redacts as the writer does, indexes on demand, and searches through a reader.

import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Entry, NameKey } from "@maru/protocol/chat";
import { type EntryRow, entryOf, rowOf } from "../../src/log-sqlite/entry-row.ts";
import { entryId, migrations } from "../../src/log-sqlite/schema.ts";
import type { Found } from "../../src/log-sqlite/search/search-entries.ts";
import { indexerDefaults, SearchIndexer } from "../../src/log-sqlite/search/search-indexer.ts";
import { SearchReader } from "../../src/log-sqlite/search/search-reader.ts";
import type { SearchRequest } from "../../src/room-log.ts";
import { parseQuery } from "../../src/search/query.ts";

type Wanted = Partial<Omit<SearchRequest, "terms" | "rooms">> & { rooms?: readonly string[] };

const columns = "id, at, kind, account, sender, cid, target, body, flags, done, sum";
const marks = columns.replaceAll(/\w+/g, "?");

export class SearchFixture {
  readonly folder = mkdtempSync(join(tmpdir(), "maru-search-"));
  readonly path = join(this.folder, "search.db");
  readonly #writer: Database;
  readonly main: Database;
  readonly #rooms = new Map<string, number>();
  #indexer: SearchIndexer | null = null;
  readonly #readers = new Set<SearchReader>();
  #at = 1_000_000;
  /** Files that readers found damaged. */
  readonly damaged: bigint[] = [];

  constructor() {
    const path = join(this.folder, "maru.db");
    this.#writer = new Database(path, { strict: true });
    this.#writer.run("PRAGMA journal_mode = WAL");
    this.#writer.run("PRAGMA synchronous = OFF");
    for (const migration of migrations) this.#writer.run(migration);
    this.main = new Database(path, { readonly: true, strict: true });
  }

  /** The room's id; the room is made when it is first named. */
  room(key: string): number {
    const known = this.#rooms.get(key);
    if (known !== undefined) return known;
    const id = this.#rooms.size + 1;
    this.#writer.run("INSERT INTO room VALUES (?, ?, ?, 0, 1, 0, 0, '', 0, 0)", [id, key, key]);
    for (const account of key.startsWith("@") ? key.slice(1).split("+") : []) {
      this.#writer.run("INSERT INTO participant VALUES (?, ?)", [account, id]);
    }
    this.#rooms.set(key, id);
    return id;
  }

  /** Milliseconds by which the next entry is later than the one before. */
  stepMs = 60_000;

  /** Seq of the message; a minute after what was said before. */
  say(room: string, text: string, account = "ann"): number {
    return this.#append(room, account, (stamp) => ({ type: "message", ...stamp, text }));
  }

  topic(room: string, topic: string): number {
    return this.#append(room, "ann", (stamp) => ({ type: "topic", ...stamp, topic }));
  }

  edit(room: string, target: number, text: string): void {
    const id = entryId(this.room(room), target);
    const row = this.#row(id);
    this.#writer.transaction(() => {
      const seq = this.#append(room, row.account, (stamp) => ({
        type: "edit",
        ...stamp,
        target,
        text,
      }));
      const message = { ...entryOf(row, room), text, edited: seq } as Entry;
      this.#put(rowOf(id, message, row.account, row.cid));
    })();
  }

  redact(room: string, target: number): void {
    const id = entryId(this.room(room), target);
    const row = this.#row(id);
    this.#writer.transaction(() => {
      this.#append(room, row.account, (stamp) => ({ type: "redaction", ...stamp, target }));
      const message = { ...entryOf(row, room), text: "", redacted: true } as Entry;
      this.#put(rowOf(id, message, row.account, row.cid));
    })();
  }

  /** Retention: nothing below this seq is kept. */
  drop(room: string, below: number): void {
    const id = this.room(room);
    this.run("DELETE FROM entry WHERE id >= ? AND id < ?", entryId(id, 0), entryId(id, below));
    this.run("UPDATE room SET first = ? WHERE id = ?", below, id);
  }

  run(sql: string, ...values: (string | number)[]): void {
    this.#writer.run(sql, values);
  }

  indexer(identity = "one", options = indexerDefaults): SearchIndexer {
    this.#indexer?.close();
    this.#indexer = new SearchIndexer(this.main, this.path, identity, options);
    return this.#indexer;
  }

  /** Brings the index up to date; how many steps that took. */
  index(): number {
    const indexer = this.#indexer ?? this.indexer();
    indexer.note(this.#rooms.values());
    let steps = 1;
    while (indexer.step().isBehind) steps += 1;
    return steps;
  }

  reader(identity = "one"): SearchReader {
    const onDamage = (file: bigint) => void this.damaged.push(file);
    const reader = new SearchReader({ main: this.main, path: this.path, identity, onDamage });
    this.#readers.add(reader);
    return reader;
  }

  request(query: string, wanted: Wanted = {}): SearchRequest {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(`${query}: ${parsed.problem}`);
    const rooms = (wanted.rooms ?? [...this.#rooms.keys()]) as NameKey[];
    const rest = { from: null, since: null, until: null, before: null, conversationsOf: null };
    const bounds = { place: null, entriesMax: 50, bytesMax: 1_000_000, asker: 1, tag: null };
    return { kind: "search", ...rest, ...bounds, ...wanted, rooms, terms: parsed.terms };
  }

  /** What is found, as `room/seq`, oldest first. */
  find(query: string, wanted: Wanted = {}): string[] {
    const reader = this.reader();
    const { entries } = reader.search(this.request(query, wanted));
    reader.close();
    return entries.map(({ room, seq }) => `${room}/${seq}`);
  }

  /** All pages, up to the one behind which there is no more. */
  pages(query: string, wanted: Wanted = {}): Found[] {
    const reader = this.reader();
    const pages = [reader.search(this.request(query, wanted))];
    for (let next = pages[0]?.next ?? null; next !== null; ) {
      const page = reader.search(this.request(query, { ...wanted, place: next }));
      pages.push(page);
      next = page.next;
    }
    reader.close();
    return pages;
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
    this.#indexer?.close();
    this.main.close();
    this.#writer.close();
    rmSync(this.folder, { recursive: true });
  }

  #append(
    room: string,
    account: string,
    make: (stamp: { room: string; seq: number; at: number; from: string }) => Entry,
  ): number {
    const id = this.room(room);
    const head = this.#writer.query<{ head: number }, [number]>("SELECT head FROM room WHERE id=?");
    const seq = (head.get(id)?.head ?? 0) + 1;
    this.#at += this.stepMs;
    const entry = make({ room, seq, at: this.#at, from: account.toUpperCase() });
    this.#put(rowOf(entryId(id, seq), entry, account, null));
    this.run("UPDATE room SET head = ? WHERE id = ?", seq, id);
    return seq;
  }

  #row(id: number): EntryRow {
    return this.#writer.query("SELECT * FROM entry WHERE id = ?").get(id) as EntryRow;
  }

  #put(row: EntryRow): void {
    const values = columns.split(", ").map((column) => row[column as keyof EntryRow]);
    this.#writer.run(`INSERT OR REPLACE INTO entry (${columns}) VALUES (${marks})`, values);
  }
}
