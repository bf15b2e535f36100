// Reads everything that one visitor receives and holds it against the promises: each room's entries
// in one order, without a gap and without a repeat, the same for every visitor (G2, G4), and the
// acknowledgement of one's own line before the line.

import { expect } from "bun:test";
import { type ChatServerMessage, type Entry, foldName, parseRoom } from "@maru/protocol/chat";
import { saidOf } from "../src/entry/entry-bytes.ts";
import type { Visitor } from "./chat-fixture.ts";

/** Where one visitor stands in a room. */
interface Standing {
  /** As `joined` has called the room; null in a conversation that it was brought into. */
  readonly name: string | null;
  /** The newest seq seen; null before the first entry of such a conversation. */
  readonly seq: number | null;
}

/** What was said in each room by seq, as the first observer saw it: the same for all observers. */
export type SeenEntries = Map<string, Entry>;

export class RoomObserver {
  readonly visitor: Visitor;
  readonly #standings = new Map<string, Standing>();
  readonly #seen: SeenEntries;
  /** The `after` of each join, by the command's id. */
  readonly #after = new Map<number, number | undefined>();
  readonly #ownTexts = new Set<string>();
  readonly #acknowledged = new Set<string>();
  readonly #heard = new Set<string>();
  /** Its nick, as names are compared. */
  #nickKey = "";
  #read = 0;

  constructor(visitor: Visitor, seen: SeenEntries) {
    this.visitor = visitor;
    this.#seen = seen;
  }

  join(room: string, after: number | undefined): number {
    const id = this.visitor.tell("join", { room, ...(after !== undefined && { after }) });
    this.#after.set(id, after);
    return id;
  }

  /** As a line: a topic is set, once in the whole test, and by this visitor. */
  topic(room: string, topic: string): number {
    this.#ownTexts.add(topic);
    return this.visitor.tell("topic", { room, topic });
  }

  /** `text` is said once in the whole test, and by this visitor. */
  send(room: string, text: string, cid: string | undefined): number {
    this.#ownTexts.add(text);
    return this.visitor.tell("send", { room, text, ...(cid !== undefined && { cid }) });
  }

  /** The newest seq seen of a room; null when there is no saying. */
  seqOf(roomKey: string): number | null {
    return this.#standings.get(roomKey)?.seq ?? null;
  }

  /** Whether the entry at this place has come to it. */
  hasHeard(room: string, seq: number): boolean {
    return this.#heard.has(placeOf(room, seq));
  }

  /** Reads what has come since the last time. */
  read(): void {
    const { received } = this.visitor.line;
    for (; this.#read < received.length; this.#read += 1) {
      this.#hear(received[this.#read] as ChatServerMessage);
    }
  }

  #hear(message: ChatServerMessage): void {
    if (message.type === "joined") {
      const { room, head, recovered } = message;
      const after = this.#after.get(message.re);
      if (recovered) expect(after).toBeDefined();
      this.#standings.set(keyOf(room), { name: room, seq: recovered ? (after as number) : head });
    } else if (message.type === "left") {
      this.#standings.delete(keyOf(message.room));
    } else if (message.type === "welcome") {
      this.#nickKey = foldName(message.nick);
    } else if (message.type === "renamed") {
      this.#renamed(foldName(message.nick));
    } else if (message.type === "sent") {
      this.#acknowledged.add(placeOf(message.room, message.seq));
    } else if (message.type === "message" || message.type === "topic") {
      this.#entry(message);
    } else if (message.type === "typing") {
      const key = keyOf(message.room);
      expect(key.startsWith("@") || this.#standings.has(key)).toBe(true);
    }
  }

  /** With another nick it may be brought into conversations again, at any place. */
  #renamed(nickKey: string): void {
    if (nickKey === this.#nickKey) return;
    this.#nickKey = nickKey;
    for (const key of this.#standings.keys()) if (key.startsWith("@")) this.#standings.delete(key);
  }

  #entry(entry: Entry): void {
    const { room, seq } = entry;
    const key = keyOf(room);
    const place = placeOf(room, seq);
    const standing = this.#standings.get(key) ?? { name: null, seq: null };
    if (standing.seq === null && !key.startsWith("@")) {
      throw new Error(`${place} came to a session that isn't in the room`);
    }
    // A conversation that has ended unnoticed may be spelled in another way when it goes on.
    if (!key.startsWith("@")) expect(room).toBe(standing.name ?? room);
    if (standing.seq !== null) expect(place).toBe(`${key} ${standing.seq + 1}`);
    this.#standings.set(key, { ...standing, seq });
    const known = this.#seen.get(place);
    if (known !== undefined) expect(entry).toEqual({ ...known, room });
    this.#seen.set(place, entry);
    this.#heard.add(place);
    const isOwn = this.#ownTexts.has(saidOf(entry));
    if (isOwn && !this.#acknowledged.has(place)) throw new Error(`${place} came before its sent`);
  }
}

/** Under which an entry that was seen stands. */
export function placeOf(room: string, seq: number): string {
  return `${keyOf(room)} ${seq}`;
}

function keyOf(room: string): string {
  const parsed = parseRoom(room);
  if (!parsed.ok) throw new Error(`no room's name: ${room}`);
  return parsed.key;
}
