// The rooms that a client is in, across connections.
// Owns one cursor a room, the rejoining after a reconnect and the catching up; decides for each
// event of a room whether, and when, the reader gets it. Asks the server through a port.

import type { Clock } from "@maru/protocol";
import {
  directParticipants,
  foldName,
  type NameKey,
  parseRoom,
  type TypingEvent,
} from "@maru/protocol/chat";
import { MaruError } from "../../base/maru-error.ts";
import type { ChatClientEvent } from "../chat-client-events.ts";
import type { BodyOf, ReplyTo } from "../command-rules.ts";
import { catchUp } from "./catch-up.ts";
import type { RoomEvent } from "./held-events.ts";
import { persist } from "./persist.ts";
import { RoomCursor } from "./room-cursor.ts";

export interface RoomsPort {
  join(
    body: BodyOf<"join">,
    onReply: (reply: ReplyTo<"join">) => void,
    signal: AbortSignal,
  ): Promise<unknown>;
  history(body: BodyOf<"history">, signal: AbortSignal): Promise<ReplyTo<"history">>;
  emit(event: ChatClientEvent): void;
  /** Resolves when the reader has room for more events. */
  room(): Promise<void>;
  /** False when no events are read: gaps then need no filling. */
  readonly read: boolean;
  readonly historyPage: number;
  readonly clock: Clock;
}

/** A key under which every spelling of a room's name is found; odd names are the server's to refuse. */
export function roomKey(room: string): NameKey {
  const parsed = parseRoom(room);
  return parsed.ok ? parsed.key : foldName(room);
}

/** Conversations of former nicks that are joined again when one has the nick again. */
export const formerRoomsMax = 256;

export class Rooms {
  readonly #port: RoomsPort;
  readonly #cursors = new Map<NameKey, RoomCursor>();
  /** The same cursors under the server's spelling, which spares folding a name per event. */
  readonly #spelled = new Map<string, RoomCursor>();
  /** Conversations of nicks that were given up, as far as they were read; the first goes. */
  readonly #former = new Map<NameKey, RoomCursor>();
  readonly #catchUps = new Map<NameKey, AbortController>();
  #connection = new AbortController();

  constructor(port: RoomsPort) {
    this.#port = port;
  }

  /** The rooms that are joined, or will be again once there is a connection. */
  get names(): string[] {
    return [...this.#cursors.values()].map((cursor) => cursor.room);
  }

  has(room: string): boolean {
    return this.#cursors.has(roomKey(room));
  }

  /** Takes the answer to the caller's join, before any event that follows it. */
  joined(reply: ReplyTo<"join">, asked: { after?: number; epoch?: string }): void {
    const key = roomKey(reply.room);
    const known = this.#cursors.get(key);
    // Joining again without `after` changes nothing about what has been read.
    if (known !== undefined && asked.after === undefined) return this.#announce(reply, true);
    this.#former.delete(key);
    const cursor = known ?? new RoomCursor(reply.room, asked.after, asked.epoch);
    this.#cursors.set(key, cursor);
    this.#apply(cursor, reply, asked.after, false);
  }

  left(room: string, reason: MaruError | null): void {
    const key = roomKey(room);
    const cursor = this.#cursors.get(key);
    this.#former.delete(key);
    if (cursor === undefined) return;
    this.#cursors.delete(key);
    this.#spelled.delete(cursor.room);
    this.#stopCatchUp(key);
    this.#port.emit({ type: "left", room: cursor.room, reason });
  }

  /** Gives an event of the wire to the reader, now, later, or not a second time. */
  event(event: RoomEvent): void {
    const known = this.#spelled.get(event.room) ?? this.#cursors.get(foldName(event.room));
    const cursor = known ?? this.#adopt(event);
    if (cursor === null) return;
    if (cursor.accept(event)) this.#port.emit(event);
  }

  /** Who is writing now: nothing to one who still reads what was said before. */
  typing(event: TypingEvent): void {
    const cursor = this.#spelled.get(event.room);
    if (cursor !== undefined && !cursor.catchingUp) this.#port.emit(event);
  }

  /** Conversations belong to a nick: with another one they are left, with the same they are back. */
  renamed(nick: string): void {
    const me = foldName(nick);
    const isOthers = (key: NameKey) => directParticipants(key)?.includes(me) === false;
    for (const [key, cursor] of [...this.#cursors]) {
      if (!isOthers(key)) continue;
      this.left(cursor.room, null);
      this.#former.set(key, cursor);
    }
    for (const [key, cursor] of [...this.#former]) {
      if (isOthers(key)) continue;
      this.#former.delete(key);
      this.#cursors.set(key, cursor);
      this.#spelled.set(cursor.room, cursor);
      void this.#rejoin(cursor, this.#connection.signal);
    }
    for (const key of [...this.#former.keys()].slice(0, -formerRoomsMax)) this.#former.delete(key);
  }

  /** Joins every room again; resolves when each is joined or given up. */
  async rejoin(): Promise<void> {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    await Promise.all([...this.#cursors.values()].map((cursor) => this.#rejoin(cursor, signal)));
  }

  /** The connection is gone, and with it every question that was under way. */
  offline(): void {
    this.#connection.abort();
    for (const key of [...this.#catchUps.keys()]) this.#stopCatchUp(key);
  }

  async #rejoin(cursor: RoomCursor, signal: AbortSignal): Promise<void> {
    const port = this.#port;
    const asked = port.read ? cursor.rejoin() : { room: cursor.room };
    const body: BodyOf<"join"> = { type: "join", ...asked };
    const joined = (reply: ReplyTo<"join">) => this.#apply(cursor, reply, body.after, true);
    try {
      await persist(() => port.join(body, joined, signal), port.clock, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof MaruError)) throw error;
      this.left(cursor.room, error);
    }
  }

  #apply(
    cursor: RoomCursor,
    reply: ReplyTo<"join">,
    after: number | undefined,
    again: boolean,
  ): void {
    const key = roomKey(cursor.room);
    if (this.#cursors.get(key) !== cursor) return;
    this.#stopCatchUp(key);
    const seen = after ?? cursor.seq;
    const outcome = cursor.joined(reply, after);
    this.#spelled.set(cursor.room, cursor);
    this.#announce(reply, again);
    if (outcome === "reset") this.#port.emit({ type: "reset", room: reply.room, after: seen });
    if (cursor.catchingUp) void this.#catchUp(key, cursor, outcome === "reset");
  }

  async #catchUp(key: NameKey, cursor: RoomCursor, announced: boolean): Promise<void> {
    const stop = new AbortController();
    this.#catchUps.set(key, stop);
    const { signal } = stop;
    const { room } = cursor;
    const port = this.#port;
    await catchUp(
      cursor,
      {
        history: (range) => {
          const body = { type: "history", room, ...range } as const;
          return persist(() => port.history(body, signal), port.clock, signal);
        },
        deliver(events) {
          for (const event of events) port.emit(event);
        },
        reset: (after) => port.emit({ type: "reset", room, after }),
        room: () => port.room(),
        pageMax: port.historyPage,
        signal,
      },
      announced,
    );
    if (this.#catchUps.get(key) === stop) this.#catchUps.delete(key);
  }

  /** A conversation is not joined by hand: the first message of it brings its room. */
  #adopt(event: RoomEvent): RoomCursor | null {
    if (event.type === "presence" || !event.room.startsWith("@")) return null;
    const cursor = new RoomCursor(event.room, Math.max(0, event.seq - 1));
    this.#cursors.set(roomKey(event.room), cursor);
    this.#spelled.set(event.room, cursor);
    return cursor;
  }

  #announce(reply: ReplyTo<"join">, again: boolean): void {
    const { re: _re, ...joined } = reply;
    this.#port.emit({ ...joined, again });
  }

  #stopCatchUp(key: NameKey): void {
    this.#catchUps.get(key)?.abort();
    this.#catchUps.delete(key);
  }
}
