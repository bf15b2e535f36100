// A server, a connection and the SDK's order of events, played by a script: for tests only.
// Owns the logs of its rooms, what of them is under way to the screen, and which questions are open.

import { type Entry, foldName } from "@maru/protocol/chat";
import type { ClientEvent } from "@maru/sdk";
import type { ScreenEffect, ScreenInput } from "../screen/screen-step.ts";
import { sampleMs } from "../view/screen/sample-screen.ts";
import { fault, online, pageOf, waiting } from "./scripted-screen.ts";

interface Page extends Extract<ScreenEffect, { type: "page" }> {
  /** How the room's log was when this was asked for: an answer may be as old as that. */
  readonly log: readonly Entry[];
  readonly epoch: number;
}
type Send = Extract<ScreenEffect, { type: "send" }>;

interface ServerRoom {
  readonly name: string;
  epoch: number;
  log: Entry[];
  isJoined: boolean;
  /** The last seq that was put on the way. */
  told: number;
}

/** Entries of one page: few, so that there are many. */
const pageEntries = 20;

export class ScriptedServer {
  readonly rooms = new Map<string, ServerRoom>();
  /** Events on their way, the first first. */
  readonly events: ClientEvent[] = [];
  readonly pages: Page[] = [];
  readonly searches: string[] = [];
  /** How far one has read, by room key: what one never said is not there. */
  readonly markers = new Map<string, number>();
  /** Questions what is unread. */
  inboxes = 0;
  /** By id: said and not answered; refused. */
  readonly sent = new Map<number, Send>();
  readonly refused = new Map<number, Send>();
  isOnline = true;
  /** What must never happen, and did. */
  readonly faults: string[] = [];

  open(name: string, entries: number): void {
    const room = { name, epoch: 1, log: [] as Entry[], isJoined: true, told: 0 };
    this.rooms.set(foldName(name), room);
    for (let count = 0; count < entries; count += 1) append(room, count);
    this.#join(room, false);
  }

  /** Takes what the screen asks for. */
  take(effect: ScreenEffect): void {
    switch (effect.type) {
      case "page":
        if (this.pages.some(({ room }) => room === effect.room)) {
          this.faults.push(`two pages of ${effect.room} at once`);
        }
        this.pages.push({ ...effect, ...this.#logOf(effect.room) });
        return;
      case "send":
        return this.#send(effect);
      case "forget":
        if (!this.refused.delete(effect.id)) this.faults.push(`forgot ${effect.id}, not refused`);
        return;
      case "search":
        this.searches.push(effect.query);
        return;
      case "mark":
        return void this.markers.set(foldName(effect.room), effect.seq);
      case "inbox":
        this.inboxes += 1;
        return;
      case "join":
        return this.#asked(effect.room, true);
      case "leave":
        return this.#asked(effect.room, false);
    }
  }

  #send(effect: Send): void {
    const { id } = effect;
    if (id === undefined) return void this.faults.push("a send without an id");
    if (this.sent.has(id)) this.faults.push(`said ${id} twice`);
    this.refused.delete(id);
    this.sent.set(id, effect);
  }

  #asked(name: string, isJoined: boolean): void {
    const key = foldName(name);
    const fresh = { name, epoch: 1, log: [], isJoined: false, told: 0 };
    const room = this.rooms.get(key) ?? fresh;
    this.rooms.set(key, room);
    if (room.isJoined === isJoined) return;
    room.isJoined = isJoined;
    if (isJoined) this.#join(room, false);
    else this.events.push({ type: "left", room: name, reason: null });
  }

  #join(room: ServerRoom, again: boolean): void {
    const head = room.log.at(-1)?.seq ?? 0;
    if (!again) room.told = head;
    const people = { topic: "", memberCount: 2, members: ["mina", "bob"] };
    const log = { epoch: `${room.epoch}`, head, recovered: true, again };
    this.events.push({ type: "joined", room: room.name, ...people, ...log });
  }

  /** Something happens in the room of this number; `kind` says what. */
  happen(at: number, kind: number): void {
    const room = [...this.rooms.values()][at % this.rooms.size];
    if (room === undefined) return;
    append(room, kind);
    if (this.isOnline && room.isJoined) this.#tell(room);
  }

  #tell(room: ServerRoom): void {
    this.events.push(...room.log.filter(({ seq }) => seq > room.told));
    room.told = room.log.at(-1)?.seq ?? 0;
  }

  /** One is taken out of the room of this number. */
  throwOut(at: number): void {
    const room = [...this.rooms.values()][at % this.rooms.size];
    if (room?.isJoined !== true || !this.isOnline) return;
    room.isJoined = false;
    this.events.push({ type: "left", room: room.name, reason: fault });
  }

  /** The SDK tells another nick as the state of a connection that was there before. */
  rename(): void {
    if (this.isOnline) this.events.push({ type: "state", state: online });
  }

  answerInbox(isFailing: boolean): ScreenInput | null {
    if (!this.isOnline || this.inboxes === 0) return null;
    this.inboxes -= 1;
    const effect = { type: "inbox", isBrief: true } as const;
    if (isFailing) return { type: "failed", effect, error: fault };
    const rooms = [...this.rooms].flatMap(([key, room]) => {
      const isTold = this.markers.has(key) || (key.startsWith("@") && room.log.length > 0);
      if (!isTold) return [];
      const head = room.log.at(-1)?.seq ?? 0;
      const read = Math.min(head, this.markers.get(key) ?? 0);
      const unread = unreadOf(room.log, read);
      return [{ room: room.name, epoch: `${room.epoch}`, head, read, unread, mentions: 0 }];
    });
    return { type: "inbox", rooms, isBrief: true };
  }

  disconnect(): void {
    this.isOnline = false;
    this.events.push({ type: "state", state: waiting });
  }

  /** `isAnew`: with logs that were begun anew. */
  reconnect(isAnew: boolean): void {
    this.isOnline = true;
    // Who has read what is gone with the logs.
    if (isAnew) this.markers.clear();
    this.events.push({ type: "state", state: online });
    for (const room of this.rooms.values()) {
      if (isAnew) Object.assign(room, { epoch: room.epoch + 1, log: [] });
      if (isAnew) append(room, 0);
      if (!room.isJoined) continue;
      this.#join(room, true);
      const { told } = room;
      if (isAnew) {
        this.events.push({ type: "reset", room: room.name, after: told });
        room.told = 0;
      }
      this.#tell(room);
    }
  }

  /** The answer to an open question; null: there is none. */
  answerPage(at: number, way: "now" | "late" | "failing"): ScreenInput | null {
    if (!this.isOnline || this.pages.length === 0) return null;
    const [page] = this.pages.splice(at % this.pages.length, 1);
    if (page === undefined) return null;
    const { room, wanted } = page;
    if (way === "failing") return { type: "not-paged", room, wanted, message: "it failed" };
    const now = this.#logOf(room);
    const { log } = way === "late" && now.epoch === page.epoch ? page : now;
    return pageOf(log, room, wanted, pageEntries);
  }

  #logOf(name: string): Pick<Page, "log" | "epoch"> {
    const { log, epoch } = this.rooms.get(foldName(name)) ?? { log: [], epoch: 0 };
    return { log: [...log], epoch };
  }

  answerSearch(at: number): ScreenInput | null {
    const query = this.searches.shift();
    if (query === undefined) return null;
    const messages = [...this.rooms.values()].flatMap(({ log }) => {
      const entry = log[at % Math.max(1, log.length)];
      return entry?.type === "message" ? [entry] : [];
    });
    return { type: "found", query, messages, next: null, isBehind: false };
  }

  answerSend(at: number, isRefused: boolean): ScreenInput | null {
    const found = [...this.sent][at % Math.max(1, this.sent.size)];
    if (!this.isOnline || found === undefined) return null;
    const [id, effect] = found;
    this.sent.delete(id);
    if (isRefused) {
      this.refused.set(id, effect);
      return { type: "failed", effect, error: fault };
    }
    const room = this.rooms.get(foldName(effect.room));
    if (room !== undefined) {
      append(room, 0, "mina", effect.text);
      if (room.isJoined) this.#tell(room);
    }
    return { type: "said", id, room: effect.room };
  }
}

/** Messages of others behind that seq. */
export function unreadOf(log: readonly Entry[], read: number): number {
  return log.filter(({ type, seq, from }) => type === "message" && seq > read && from !== "mina")
    .length;
}

/** One entry in four, or so, is nothing that stands in a conversation by itself. */
function append(room: ServerRoom, kind: number, from = "bob", text = `text ${kind}`): void {
  const seq = (room.log.at(-1)?.seq ?? 0) + 1;
  const stamp = { room: room.name, seq, at: sampleMs - 60_000 * (9000 - seq), from };
  const target = Math.max(1, seq - 1 - (kind % 7));
  const entry: Entry =
    kind % 4 === 3
      ? { type: "reaction", ...stamp, target, emoji: "👍" }
      : { type: "message", ...stamp, text };
  room.log.push(entry);
}
