// A room log across a network that a test controls: it stores and answers when it is told to, out of
// step with the ticks, and refuses when it is told to. Keeps the port's promise and no more: results
// in the order of each room's requests; what is stored can be read before it is acknowledged.

import type { LogTag } from "../src/hub/effects.ts";
import { createMemoryLog } from "../src/log-memory/memory-log.ts";
import type { CreateRoomLog, LogRequest, LogResult, RoomLog } from "../src/room-log.ts";
import { keyOf } from "./chat-fixture.ts";

interface Asked {
  readonly request: LogRequest<LogTag>;
  /** False for what is batched, and no commit has sent off yet. */
  isSent: boolean;
  result: LogResult<LogTag> | null;
}

export class LateLog implements RoomLog<LogTag> {
  readonly durability = "replicated";
  readonly #deliver: (result: LogResult<LogTag>) => void;
  readonly #store: RoomLog<LogTag>;
  readonly #asked = new Map<string, Asked[]>();
  #stored: LogResult<LogTag> | null = null;

  private constructor(deliver: (result: LogResult<LogTag>) => void) {
    this.#deliver = deliver;
    const createStore = createMemoryLog<LogTag>({ memoryLogBytes: 1e9, epoch: "epoch-1" });
    this.#store = createStore((result) => {
      this.#stored = result;
    });
  }

  /** A log and the way to have it made by a service. */
  static create(): { log: () => LateLog; createLog: CreateRoomLog<LogTag> } {
    let made: LateLog | null = null;
    const createLog: CreateRoomLog<LogTag> = (deliver) => {
      made = new LateLog(deliver);
      return made;
    };
    return { log: () => made as unknown as LateLog, createLog };
  }

  get pending(): number {
    return [...this.#asked.values()].reduce((sum, asked) => sum + asked.length, 0);
  }

  submit(request: LogRequest<LogTag>): void {
    // A search or an inbox is of no one room: those of one tick keep an order of their own.
    const room = "room" in request ? request.room : request.kind;
    const asked = this.#asked.get(room) ?? [];
    this.#asked.set(room, asked);
    asked.push({ request, isSent: !isBatched(request), result: null });
  }

  commit(): void {
    for (const asked of this.#asked.values()) for (const one of asked) one.isSent = true;
  }

  close(): void {}

  /** Stores the next entry of the `pick`th room that waits, without telling the hub. */
  store(pick: number, refuses: boolean): void {
    const next = this.#pick(pick)?.find(
      ({ request, result }) => request.kind === "append" && result === null,
    );
    if (next?.isSent) next.result = this.#carryOut(next.request, refuses);
  }

  /** Reads what the next read of the `pick`th room asks for now, and tells about it in its turn. */
  readEarly(pick: number): void {
    const next = this.#pick(pick)?.find(
      ({ request, result }) => request.kind === "read" && result === null,
    );
    if (next !== undefined) next.result = this.#carryOut(next.request, false);
  }

  /** Answers the oldest request of the `pick`th room that waits. */
  answer(pick: number, refuses: boolean): void {
    const asked = this.#pick(pick);
    const oldest = asked?.[0];
    if (!asked || !oldest?.isSent) return;
    asked.shift();
    this.#deliver(oldest.result ?? this.#carryOut(oldest.request, refuses));
  }

  /** The newest seq stored in a room. */
  headOf(room: string): number {
    const result = this.#carryOut({ kind: "open", room: keyOf(room), tag: anyTag }, false);
    return result.kind === "opened" ? result.head : 0;
  }

  #pick(pick: number): Asked[] | undefined {
    const waiting = [...this.#asked.values()].filter(({ length }) => length > 0);
    return waiting[pick % waiting.length];
  }

  #carryOut(request: LogRequest<LogTag>, refuses: boolean): LogResult<LogTag> {
    const { tag } = request;
    if (refuses) return { kind: "refused", tag, code: "storage_unavailable", retryAfterMs: 500 };
    this.#store.submit(request);
    this.#store.commit();
    return this.#stored as LogResult<LogTag>;
  }
}

const isBatched = ({ kind }: LogRequest) => kind === "append" || kind === "recall";

const anyTag: LogTag = { kind: "open", room: keyOf("") };
