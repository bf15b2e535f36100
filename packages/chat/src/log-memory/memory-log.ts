// The room log without a file: entries live as long as the process, in bounded memory.
// Durability `memory`: an acknowledged entry survives a lost connection, not a lost process.

import {
  type Amendment,
  amend,
  directParticipants,
  type Entry,
  type EntryOf,
  mentionsOf,
  type NameKey,
} from "@maru/protocol/chat";
import { entryBytesMax } from "../entry/entry-bytes.ts";
import { judgeAmendment } from "../entry/judge-amendment.ts";
import type {
  AppendRequest,
  CreateRoomLog,
  LogRequest,
  LogResult,
  ReadRequest,
  RecallRequest,
  RoomLog,
  SearchRequest,
} from "../room-log.ts";
import { EntryQueue } from "./entry-queue.ts";
import { findMessages } from "./find-messages.ts";
import { InboxMemory } from "./inbox-memory.ts";
import { firstSeq, type Kept, type KeptRoom, keptAt, pageOf, targetAt } from "./kept.ts";

export interface MemoryLogOptions {
  /** Bytes of entries kept over all rooms; the oldest go first. */
  readonly memoryLogBytes: number;
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
  readonly #rooms = new Map<NameKey, KeptRoom>();
  readonly #byDedupKey = new Map<string, Kept>();
  /** All entries in the order in which they came, oldest first: what retention walks. */
  readonly #kept = new EntryQueue<{ readonly kept: Kept; readonly bytes: number }>();
  readonly #inbox = new InboxMemory((key) => this.#rooms.get(key));
  #bytes = 0;
  /** No dropped room had a seq above this; rooms made later start from here, so none is used twice. */
  #floor = 0;
  /** Appends of this batch, which no reader sees before the commit, and what is asked in their order. */
  #batch: (AppendRequest<T> | RecallRequest<T>)[] = [];

  constructor(options: MemoryLogOptions, deliver: (result: LogResult<T>) => void) {
    this.#options = options;
    this.#deliver = deliver;
  }

  submit(request: LogRequest<T>): void {
    if (request.kind === "append" || request.kind === "recall") this.#batch.push(request);
    else this.#deliver(this.#answer(request));
  }

  commit(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    for (const request of batch) {
      this.#deliver(request.kind === "append" ? this.#append(request) : this.#recall(request));
    }
    this.#retain();
  }

  close(): void {}

  #answer(request: Exclude<LogRequest<T>, { kind: "append" | "recall" }>): LogResult<T> {
    const { tag } = request;
    const { epoch } = this.#options;
    switch (request.kind) {
      case "open": {
        const room = this.#rooms.get(request.room);
        const { head, topic } = room ?? { head: this.#floor, topic: "" };
        const people = directParticipants(request.room) ?? [];
        const spoken = people.filter((person) => room?.spoken?.has(person) === true);
        return { kind: "opened", tag, epoch, head, topic, spoken };
      }
      case "read":
        return this.#read(request);
      case "search":
        return this.#search(request);
      case "mark":
        return this.#inbox.mark(request);
      case "inbox":
        return {
          kind: "inbox",
          tag,
          ...this.#inbox.read(request, epoch),
        };
    }
  }

  #recall({ account, cid, tag }: RecallRequest<T>): LogResult<T> {
    const known = this.#byDedupKey.get(dedupKeyOf(account, cid));
    return { kind: "recalled", tag, entry: known?.entry ?? null };
  }

  #append({ room: key, account, cid, draft, tag }: AppendRequest<T>): LogResult<T> {
    const dedupKey = cid === undefined ? null : dedupKeyOf(account, cid);
    const known = dedupKey === null ? undefined : this.#byDedupKey.get(dedupKey);
    if (known !== undefined) return { kind: "appended", tag, entry: known.entry, duplicate: true };
    if ("target" in draft) {
      const target = targetAt(this.#rooms.get(key), draft.target, account);
      const code = judgeAmendment(target, draft, account);
      if (code !== null) return { kind: "refused", tag, code };
      const reacted = draft.type === "reaction" && this.#reacted(key, draft, account);
      if (reacted !== false) {
        if (reacted === null) return { kind: "refused", tag, code: "no_such_entry" };
        return { kind: "appended", tag, entry: reacted, duplicate: true };
      }
    }
    const room = this.#room(key);
    room.head += 1;
    const entry: Entry = { ...draft, seq: room.head };
    const named = entry.type === "message" ? mentionsOf(entry.text) : [];
    const kept: Kept = { room: key, entry, account, dedupKey, edits: null, named, reactions: null };
    this.#keep(room, kept);
    room.spoken?.add(account as NameKey);
    if (entry.type === "topic") room.topic = entry.topic;
    else if (entry.type !== "message") this.#amend(room, entry, account);
    return { kind: "appended", tag, entry, duplicate: false };
  }

  /** False if the reaction changes something; else the same one of before, null where there is none. */
  #reacted(
    key: NameKey,
    { target, emoji, removed }: Pick<EntryOf<"reaction">, "target" | "emoji" | "removed">,
    account: string,
  ): EntryOf<"reaction"> | null | false {
    const reactions = keptAt(this.#rooms.get(key), target)?.reactions;
    const known = reactions?.get(`${account}\n${emoji}`) ?? null;
    return (known === null) === (removed === true) ? known : false;
  }

  #amend(room: KeptRoom, entry: Amendment, account: string): void {
    const target = keptAt(room, entry.target) as Kept;
    target.entry = amend(target.entry as EntryOf<"message">, entry);
    if (entry.type === "edit") {
      target.edits ??= [];
      target.edits.push(entry.seq);
      target.named = mentionsOf(entry.text);
    }
    if (entry.type === "reaction") {
      target.reactions ??= new Map();
      const key = `${account}\n${entry.emoji}`;
      if (entry.removed === true) target.reactions.delete(key);
      else target.reactions.set(key, entry);
    } else if (entry.type === "redaction") {
      target.reactions = null;
      target.named = [];
      forgetEdits(room, target);
    }
  }

  #keep(room: KeptRoom, kept: Kept): void {
    room.entries.push(kept);
    room.newestAt = Math.max(room.newestAt, kept.entry.at);
    room.skewMs = Math.max(room.skewMs, room.newestAt - kept.entry.at);
    if (kept.dedupKey !== null) this.#byDedupKey.set(kept.dedupKey, kept);
    const bytes = entryBytesMax(kept.entry);
    this.#kept.push({ kept, bytes });
    this.#bytes += bytes;
  }

  #room(key: NameKey): KeptRoom {
    let room = this.#rooms.get(key);
    if (room === undefined) {
      const entries = new EntryQueue<Kept>();
      const times = { newestAt: 0, skewMs: 0 };
      const spoken = directParticipants(key) === null ? null : new Set<NameKey>();
      room = { key, head: this.#floor, topic: "", spoken, entries, ...times };
      this.#rooms.set(key, room);
      this.#inbox.roomMade(key);
    }
    return room;
  }

  /** Drops the oldest entries until the rest fits, and the rooms of which nothing is left. */
  #retain(): void {
    while (this.#bytes > this.#options.memoryLogBytes && this.#kept.length > 1) {
      const { kept, bytes } = this.#kept.shift() as { kept: Kept; bytes: number };
      this.#dropOldest(kept.room);
      if (kept.dedupKey !== null) this.#byDedupKey.delete(kept.dedupKey);
      this.#bytes -= bytes;
    }
  }

  #dropOldest(key: NameKey): void {
    const room = this.#rooms.get(key) as KeptRoom;
    room.entries.shift();
    if (room.entries.length > 0) return;
    this.#rooms.delete(key);
    this.#inbox.roomDropped(key);
    this.#floor = Math.max(this.#floor, room.head);
  }

  #read({ room: key, range, tag, ...bounds }: ReadRequest<T>): LogResult<T> {
    const room = this.#rooms.get(key);
    if (room === undefined) {
      const gap = "after" in range && range.after < this.#floor;
      return { kind: "page", tag, entries: [], head: this.#floor, more: false, gap };
    }
    const gap = "after" in range && range.after + 1 < firstSeq(room);
    return { kind: "page", tag, ...pageOf(room, range, bounds), head: room.head, gap };
  }

  #search(request: SearchRequest<T>): LogResult<T> {
    const own = request.conversationsOf;
    const conversations = own === null ? [] : this.#inbox.conversationsOf(own);
    const keys = new Set([...request.rooms, ...conversations]);
    const rooms = [...keys].flatMap((key) => this.#rooms.get(key) ?? []);
    return {
      kind: "found",
      tag: request.tag,
      ...findMessages(rooms, request),
      indexing: false,
    };
  }
}

function dedupKeyOf(account: string, cid: string): string {
  return `${account}\n${cid}`;
}

/** What a message said before is gone with it. */
function forgetEdits(room: KeptRoom, { edits }: Kept): void {
  for (const seq of edits ?? []) {
    const kept = keptAt(room, seq);
    if (kept?.entry.type === "edit") kept.entry = { ...kept.entry, text: "" };
  }
}
