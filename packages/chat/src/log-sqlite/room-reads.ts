// Pages for the hub: from memory where the newest entries are asked for, else from another thread.
// Owns what is on its way; a room's newest entries are read once, however many wait for them.

import type { NameKey } from "@maru/protocol/chat";
import type { LogResult, ReadRange, ReadRequest } from "../room-log.ts";
import type { Answered } from "./ask-tasks.ts";
import type { PageQuestion } from "./read-entries.ts";
import type { RecentBounds, RecentEntries } from "./recent-entries.ts";
import { retryMs } from "./storage.ts";

export interface RoomReadsPort<T> {
  /** What the log knows of a room; null if it has none of its entries, undefined if it can't be read. */
  roomOf(
    key: NameKey,
  ): { readonly key: NameKey; readonly head: number; readonly first: number } | null | undefined;
  /** In the turn of the asker. */
  page(question: PageQuestion, asker: number): Promise<Answered<"page">>;
  deliver(result: LogResult<T>): void;
}

/** Who asked, and where the room stood then. */
interface Waiting<T> {
  readonly request: ReadRequest<T>;
  readonly head: number;
}

const unanswered = { ok: false, code: "storage_unavailable", retryAfterMs: retryMs } as const;
const newest: ReadRange = { before: Number.MAX_SAFE_INTEGER };

export class RoomReads<T> {
  readonly #port: RoomReadsPort<T>;
  readonly #recent: RecentEntries;
  readonly #window: RecentBounds;
  /** Who waits for a room's newest entries to be in memory. */
  readonly #awaiting = new Map<NameKey, ReadRequest<T>[]>();
  /** Who waits for an older page, by the page. */
  readonly #deep = new Map<string, Waiting<T>[]>();
  /** What is to be asked once this tick's batch is committed, so that it is seen. */
  #asking: (() => void)[] = [];

  constructor(port: RoomReadsPort<T>, recent: RecentEntries, window: RecentBounds) {
    this.#port = port;
    this.#recent = recent;
    this.#window = window;
  }

  submit(request: ReadRequest<T>): void {
    const room = this.#port.roomOf(request.room);
    // An empty page would be a gap that the client is not told of.
    if (room === undefined) return this.#refuse(request, unanswered);
    if (room === null)
      return this.#deliver(request, { entries: [], head: 0, first: 1, more: false });
    if (this.#fromMemory(request)) return;
    if (!this.#isNear(request.range, room.head)) {
      this.#asking.push(() => void this.#readDeep(request));
      return;
    }
    const waiting = this.#awaiting.get(request.room);
    if (waiting !== undefined) {
      waiting.push(request);
      return;
    }
    this.#awaiting.set(request.room, [request]);
    this.#asking.push(() => void this.#readNewest(request.room, request.asker));
  }

  /** After a commit. */
  flush(): void {
    const asking = this.#asking;
    this.#asking = [];
    for (const ask of asking) ask();
  }

  #fromMemory(request: ReadRequest<T>): boolean {
    const room = this.#port.roomOf(request.room);
    const page = room ? this.#recent.read(room, request.range, request) : null;
    if (!room || page === null) return false;
    this.#deliver(request, { ...page, head: room.head, first: room.first });
    return true;
  }

  /** Whether the window of a room's newest entries is likely to hold the range. */
  #isNear(range: ReadRange, head: number): boolean {
    if ("around" in range) return false;
    const seq = "after" in range ? range.after : range.before;
    return seq > head - this.#window.recentEntries / 2;
  }

  /** The first asker pays with its turn for those who come later. */
  async #readNewest(key: NameKey, asker: number): Promise<void> {
    const { recentEntries, recentRoomBytes } = this.#window;
    // What would be shifted out at once need not be read.
    const bounds = {
      entriesMax: Math.ceil(recentEntries * 0.75),
      bytesMax: recentRoomBytes * 0.75,
    };
    const answered = await this.#port.page({ room: key, range: newest, ...bounds }, asker);
    const head = this.#port.roomOf(key)?.head;
    if (answered.ok && head !== undefined) {
      this.#recent.prepend(key, answered.answer.entries, answered.answer.head, head);
    }
    const waiting = this.#awaiting.get(key) ?? [];
    this.#awaiting.delete(key);
    for (const request of waiting) {
      if (!answered.ok) this.#refuse(request, answered);
      else if (!this.#fromMemory(request)) void this.#readDeep(request);
    }
  }

  /** An asker of the same gets the same answer while that is on its way. */
  async #readDeep(request: ReadRequest<T>): Promise<void> {
    const { room, range, entriesMax, bytesMax, asker } = request;
    const question = { room, range, entriesMax, bytesMax };
    const key = JSON.stringify(question);
    const waiting = { request, head: this.#port.roomOf(room)?.head ?? 0 };
    const sharing = this.#deep.get(key);
    if (sharing !== undefined) {
      sharing.push(waiting);
      return;
    }
    const asked = [waiting];
    this.#deep.set(key, asked);
    const answered = await this.#port.page(question, asker);
    this.#deep.delete(key);
    for (const one of asked) {
      if (!answered.ok) this.#refuse(one.request, answered);
      // It was on its way before this one was asked for, and has not seen all that was known then.
      else if (answered.answer.head < one.head) void this.#readDeep(one.request);
      else this.#deliver(one.request, answered.answer);
    }
  }

  #deliver(
    { tag, range }: ReadRequest<T>,
    { entries, head, first, more }: Extract<Answered<"page">, { ok: true }>["answer"],
  ): void {
    const gap = "after" in range && range.after + 1 < first;
    this.#port.deliver({ kind: "page", tag, entries, head, more, gap });
  }

  #refuse({ tag }: ReadRequest<T>, answered: Extract<Answered<"page">, { ok: false }>): void {
    const { code, retryAfterMs } = answered;
    this.#port.deliver({ kind: "refused", tag, code, retryAfterMs });
  }
}
