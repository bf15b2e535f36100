// The room log without a file: entries live as long as the process, in bounded memory.
// Durability `memory`: an acknowledged entry survives a lost connection, not a lost process.

import type { Entry, NameKey } from "@maru/protocol/chat";
import {
  type AppendRequest,
  type CreateRoomLog,
  entryBytesMax,
  type LogRequest,
  type LogResult,
  type ReadRequest,
  type RoomLog,
} from "../room-log.ts";
import { EntryQueue } from "./entry-queue.ts";

interface StoredRoom {
  head: number;
  topic: string;
  readonly entries: EntryQueue;
}

interface Stored {
  readonly room: NameKey;
  readonly dedupKey: string | null;
  readonly bytes: number;
}

export interface MemoryLogOptions {
  /** Bytes of entries kept over all rooms; the oldest go first. */
  readonly bytesMax: number;
  /** One for all rooms: a new process is a new history. */
  readonly epoch: string;
}

export function createMemoryLog<T>(options: MemoryLogOptions): CreateRoomLog<T> {
  return (deliver) => new MemoryLog(options, deliver);
}

class MemoryLog<T> implements RoomLog<T> {
  readonly durability = "memory";
  readonly #options: MemoryLogOptions;
  readonly #deliver: (result: LogResult<T>) => void;
  readonly #rooms = new Map<NameKey, StoredRoom>();
  readonly #byDedupKey = new Map<string, Entry>();
  /** All entries in the order in which they came, oldest first: what retention walks. */
  readonly #stored = new EntryQueue<Stored>();
  #bytes = 0;
  /** No dropped room had a seq above this; rooms made later start from here, so none is used twice. */
  #floor = 0;
  /** Appends of this batch; nobody reads them before the commit. */
  #batch: AppendRequest<T>[] = [];

  constructor(options: MemoryLogOptions, deliver: (result: LogResult<T>) => void) {
    this.#options = options;
    this.#deliver = deliver;
  }

  submit(request: LogRequest<T>): void {
    if (request.kind === "append") {
      this.#batch.push(request);
    } else if (request.kind === "open") {
      const room = this.#rooms.get(request.room);
      const { head, topic } = room ?? { head: this.#floor, topic: "" };
      this.#deliver({ kind: "opened", tag: request.tag, epoch: this.#options.epoch, head, topic });
    } else {
      this.#deliver(this.#read(request));
    }
  }

  commit(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    for (const request of batch) this.#deliver(this.#append(request));
    this.#retain();
  }

  close(): void {}

  #append({ room: key, account, cid, draft, tag }: AppendRequest<T>): LogResult<T> {
    const dedupKey = cid === undefined ? null : `${account}\n${cid}`;
    const known = dedupKey === null ? undefined : this.#byDedupKey.get(dedupKey);
    if (known !== undefined) return { kind: "appended", tag, entry: known, duplicate: true };
    const room = this.#room(key);
    room.head += 1;
    const entry: Entry = { ...draft, seq: room.head };
    if (entry.type === "topic") room.topic = entry.topic;
    room.entries.push(entry);
    if (dedupKey !== null) this.#byDedupKey.set(dedupKey, entry);
    const bytes = entryBytesMax(entry);
    this.#stored.push({ room: key, dedupKey, bytes });
    this.#bytes += bytes;
    return { kind: "appended", tag, entry, duplicate: false };
  }

  #room(key: NameKey): StoredRoom {
    let room = this.#rooms.get(key);
    if (room === undefined) {
      room = { head: this.#floor, topic: "", entries: new EntryQueue() };
      this.#rooms.set(key, room);
    }
    return room;
  }

  /** Drops the oldest entries until the rest fits, and the rooms of which nothing is left. */
  #retain(): void {
    while (this.#bytes > this.#options.bytesMax && this.#stored.length > 1) {
      const { room, dedupKey, bytes } = this.#stored.shift() as Stored;
      this.#dropOldest(room);
      if (dedupKey !== null) this.#byDedupKey.delete(dedupKey);
      this.#bytes -= bytes;
    }
  }

  #dropOldest(key: NameKey): void {
    const room = this.#rooms.get(key) as StoredRoom;
    room.entries.shift();
    if (room.entries.length > 0) return;
    this.#rooms.delete(key);
    this.#floor = Math.max(this.#floor, room.head);
  }

  #read(request: ReadRequest<T>): LogResult<T> {
    const room = this.#rooms.get(request.room);
    const { tag, range } = request;
    if (room === undefined) {
      const gap = "after" in range && range.after < this.#floor;
      return { kind: "page", tag, entries: [], more: false, gap };
    }
    const { entries } = room;
    // Seqs are dense here, so an entry's place follows from its seq.
    const firstSeq = room.head - entries.length + 1;
    if ("after" in range) {
      const start = Math.max(0, range.after + 1 - firstSeq);
      const page = take(entries, start, 1, request);
      const more = start + page.length < entries.length;
      return { kind: "page", tag, entries: page, more, gap: range.after + 1 < firstSeq };
    }
    const end = Math.min(entries.length, Math.max(0, range.before - firstSeq)) - 1;
    const page = take(entries, end, -1, request).reverse();
    return { kind: "page", tag, entries: page, more: end + 1 > page.length, gap: false };
  }
}

/** Entries from `start` in steps of `step`, within the request's bounds. */
function take(
  entries: EntryQueue,
  start: number,
  step: 1 | -1,
  bounds: { entriesMax: number; bytesMax: number },
): Entry[] {
  const page: Entry[] = [];
  let bytes = 0;
  for (let at = start; at >= 0 && at < entries.length; at += step) {
    const entry = entries.at(at);
    bytes += entryBytesMax(entry);
    if (page.length >= bounds.entriesMax || (page.length > 0 && bytes > bounds.bytesMax)) break;
    page.push(entry);
  }
  return page;
}
