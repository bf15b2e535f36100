// Markers and direct rooms of each account, as long as the process lives.

import { directParticipants, type NameKey, unreadMax } from "@maru/protocol/chat";
import type { InboxRequest, LogResult, MarkRequest, Unread } from "../room-log.ts";
import { firstSeq, type KeptRoom } from "./kept.ts";

/** Entries of a room that are counted through, the newest: who is further behind is told less. */
const countedMax = 5_000;
/** In all rooms of a page: the hub's thread counts. With so many the page ends; 0.1 µs each. */
export const countedPageMax = 10_000;
/** Markers kept, over all accounts; whose was set longest ago goes first. */
const markersMax = 100_000;

export class InboxMemory {
  /** By account and room key. */
  readonly #markers = new Map<string, number>();
  readonly #roomsOf = new Map<string, Set<NameKey>>();
  readonly #roomOf: (key: NameKey) => KeptRoom | undefined;

  constructor(roomOf: (key: NameKey) => KeptRoom | undefined) {
    this.#roomOf = roomOf;
  }

  mark<T>({ account, room, seq, mayAdd, tag }: MarkRequest<T>): LogResult<T> {
    const none = { kind: "marked" as const, tag, seq, added: false };
    if (this.#roomOf(room) === undefined) return none;
    const key = `${account}\n${room}`;
    const isKnown = this.#markers.delete(key);
    if (!isKnown && !mayAdd) return { kind: "unmarked", tag };
    this.#markers.set(key, seq);
    this.#add(account, room);
    if (this.#markers.size > markersMax) this.#forgetOldestMarker();
    return { ...none, added: !isKnown };
  }

  #forgetOldestMarker(): void {
    const [oldest = ""] = this.#markers.keys();
    this.#markers.delete(oldest);
    const [whose = "", which = ""] = oldest.split("\n");
    const isConversation = directParticipants(which as NameKey) !== null;
    if (isConversation && this.#roomOf(which as NameKey) !== undefined) return;
    this.#remove(whose, which as NameKey);
  }

  roomMade(room: NameKey): void {
    for (const account of directParticipants(room) ?? []) this.#add(account, room);
  }

  /** Nothing is left of a room: nothing of it is unread. */
  roomDropped(room: NameKey): void {
    for (const account of directParticipants(room) ?? []) this.#remove(account, room);
  }

  conversationsOf(account: string): NameKey[] {
    const rooms = [...(this.#roomsOf.get(account) ?? [])];
    // One may be among them that it has marked and that isn't its own: the log asks no hub who may.
    return rooms.filter((key) => directParticipants(key)?.includes(account as NameKey));
  }

  /** Rooms in the order of their keys. */
  read(
    { account, after, roomsMax }: InboxRequest,
    epoch: string,
  ): { rooms: Unread[]; more: boolean } {
    const keys = [...(this.#roomsOf.get(account) ?? [])].filter((key) => key > after).sort();
    const kept = keys.flatMap((key) => this.#roomOf(key) ?? []);
    const rooms: Unread[] = [];
    let counted = 0;
    for (const room of kept.slice(0, roomsMax)) {
      if (counted >= countedPageMax) break;
      const read = this.#markers.get(`${account}\n${room.key}`) ?? 0;
      const { entries, ...counts } = countsOf(room, account, read);
      rooms.push({ epoch, read, ...counts });
      counted += entries;
    }
    return { rooms, more: kept.length > rooms.length };
  }

  #add(account: string, room: NameKey): void {
    const rooms = this.#roomsOf.get(account);
    if (rooms === undefined) this.#roomsOf.set(account, new Set([room]));
    else rooms.add(room);
  }

  #remove(account: string, room: NameKey): void {
    const rooms = this.#roomsOf.get(account);
    rooms?.delete(room);
    if (rooms?.size === 0) this.#roomsOf.delete(account);
  }
}

function countsOf(room: KeptRoom, account: string, read: number) {
  let [unread, mentions] = [0, 0];
  const { length } = room.entries;
  const start = Math.max(0, read + 1 - firstSeq(room), length - countedMax);
  let place = start;
  for (; place < length && unread < unreadMax; place += 1) {
    const { entry, account: author, named } = room.entries.at(place);
    if (entry.type !== "message" || entry.redacted === true || author === account) continue;
    unread += 1;
    if (named.includes(account as NameKey)) mentions += 1;
  }
  const name = room.entries.length > 0 ? room.entries.at(0).entry.room : room.key;
  return { key: room.key, name, head: room.head, unread, mentions, entries: place - start };
}
