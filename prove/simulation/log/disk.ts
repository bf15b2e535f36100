// What outlives a server: the entries of all rooms, in memory, with what a disk can do to them. It
// fails, loses what it has not written through, and lets go of the oldest. Answers at once; when the
// answers reach the hub is simulated-log.ts's.

import type { LogRequest, LogResult } from "@maru/chat";
import type { LoggedEntry, RoomLogRecord } from "@maru/testkit";

type RequestOf<K extends LogRequest["kind"], T> = Extract<LogRequest<T>, { kind: K }>;
type ResultOf<K extends LogResult["kind"], T> = Extract<LogResult<T>, { kind: K }>;
export type StoredEntry = ResultOf<"appended", unknown>["entry"];

interface Stored {
  readonly entry: StoredEntry;
  readonly key: string;
  readonly cidKey: string;
}

interface StoredRoom {
  head: number;
  readonly entries: Stored[];
  /** What retention has taken, for the judge. */
  readonly dropped: LoggedEntry[];
}

/** What a room says of itself when there is nothing in it yet. */
const emptyHead = 0;

export class Disk {
  /** Another one begins when entries may have been lost. */
  generation = 1;
  isFailing = false;
  protected readonly rooms = new Map<string, StoredRoom>();
  protected readonly byCid = new Map<string, Stored>();
  /** Rooms of the entries that the loss of power would take, in the order of their commit. */
  protected unsynced: string[] = [];
  readonly #keyOf: (entry: StoredEntry) => string;

  /** `keyOf` names an entry for the judge. */
  constructor(keyOf: (entry: StoredEntry) => string) {
    this.#keyOf = keyOf;
  }

  get roomKeys(): string[] {
    return [...this.rooms.keys()];
  }

  commit<T>(requests: readonly RequestOf<"append" | "recall", T>[]): LogResult<T>[] {
    return requests.map((request) =>
      request.kind === "append" ? this.append(request) : this.#recall(request),
    );
  }

  #recall<T>({ account, cid, tag }: RequestOf<"recall", T>): LogResult<T> {
    const known = this.byCid.get(`${account}\n${cid}`);
    return { kind: "recalled", tag, entry: known?.entry ?? null };
  }

  append<T>({ room: key, account, cid, draft, tag }: RequestOf<"append", T>): LogResult<T> {
    const cidKey = `${account}\n${cid}`;
    const known = cid === undefined ? undefined : this.byCid.get(cidKey);
    if (known !== undefined) return { kind: "appended", tag, entry: known.entry, duplicate: true };
    const room = this.roomOf(key);
    room.head += 1;
    const entry = { ...draft, seq: room.head } as StoredEntry;
    const stored: Stored = { entry, key: this.#keyOf(entry), cidKey };
    room.entries.push(stored);
    this.byCid.set(cidKey, stored);
    this.unsynced.push(key);
    return { kind: "appended", tag, entry, duplicate: false };
  }

  open<T>({ room: key, tag }: RequestOf<"open", T>): LogResult<T> {
    const head = this.rooms.get(key)?.head ?? emptyHead;
    return { kind: "opened", tag, epoch: this.epochOf(key), head, topic: "", spoken: [] };
  }

  read<T>({ room, range, entriesMax, bytesMax, tag }: RequestOf<"read", T>): ResultOf<"page", T> {
    const { entries: stored, dropped, head } = this.roomOf(room);
    const all = stored.map(({ entry }) => entry);
    const lastDropped = dropped.at(-1)?.seq ?? 0;
    const gap = "after" in range && range.after < lastDropped;
    const wanted =
      "after" in range
        ? all.filter(({ seq }) => seq > range.after)
        : all
            .filter(({ seq }) => seq < ("before" in range ? range.before : range.around))
            .reverse();
    const page = within(wanted, entriesMax, bytesMax);
    const more = page.length < wanted.length;
    return {
      kind: "page",
      tag,
      entries: "after" in range ? page : page.reverse(),
      head,
      more,
      gap,
    };
  }

  /** Everything committed so far outlasts a loss of power. */
  sync(): void {
    this.unsynced = [];
  }

  /** The machine is gone, and what was not synced with it; whether that matters is told by `mayLose`. */
  losePower(mayLose: boolean): number {
    const lost = mayLose ? this.loseUnsynced() : 0;
    // As log-sqlite does: it can't know whether anything was lost.
    if (mayLose) this.generation += 1;
    this.unsynced = [];
    return lost;
  }

  /** The server's process is gone; the machine is not. */
  crash(): void {}

  /** Lets go of a room's oldest entries, as long as they may go; never of the newest. */
  trim(key: string, count: number, mayGo: (key: string) => boolean): number {
    const { entries, dropped } = this.roomOf(key);
    let trimmed = 0;
    while (trimmed < count && entries.length > 1) {
      const oldest = entries[0] as Stored;
      if (!mayGo(oldest.key)) break;
      entries.shift();
      dropped.push({ seq: oldest.entry.seq, key: oldest.key });
      this.byCid.delete(oldest.cidKey);
      trimmed += 1;
    }
    return trimmed;
  }

  /** A room as it stands, with what retention has taken of it. */
  record(room: string): RoomLogRecord {
    const { entries, dropped } = this.roomOf(room);
    const kept = entries.map(({ entry, key }) => ({ seq: entry.seq, key }));
    return { room, epoch: this.epochOf(room), entries: [...dropped, ...kept] };
  }

  epochOf(room: string): string {
    return `${room}.${this.generation}`;
  }

  protected loseUnsynced(): number {
    for (const key of this.unsynced.toReversed()) {
      const room = this.roomOf(key);
      const lost = room.entries.pop();
      if (lost === undefined) continue;
      this.byCid.delete(lost.cidKey);
      room.head = room.entries.at(-1)?.entry.seq ?? room.dropped.at(-1)?.seq ?? emptyHead;
    }
    return this.unsynced.length;
  }

  protected roomOf(key: string): StoredRoom {
    let room = this.rooms.get(key);
    if (room === undefined) {
      room = { head: emptyHead, entries: [], dropped: [] };
      this.rooms.set(key, room);
    }
    return room;
  }
}

const commaBytes = 1;

function within(entries: readonly StoredEntry[], countMax: number, bytesMax: number) {
  const page: StoredEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    bytes += Buffer.byteLength(JSON.stringify(entry)) + commaBytes;
    if (page.length >= countMax || (page.length > 0 && bytes > bytesMax)) break;
    page.push(entry);
  }
  return page;
}
