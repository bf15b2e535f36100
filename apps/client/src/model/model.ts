// What the chat client knows. Plain immutable data, and the ways in which it changes.
// update.ts makes the next model from an input (step.ts), views only read it, run/ does the effects.

import { directParticipants } from "@maru/protocol/chat";
import type { ClientState } from "@maru/sdk";
import { roomKey } from "@maru/sdk";
import type { Recent } from "./recent.ts";
import { type Line, notice } from "./step.ts";

export interface RoomModel {
  /** As the server writes it, once it has said so. */
  readonly name: string;
  readonly topic: string;
  /** Null until the server has said. */
  readonly memberCount: number | null;
  /** Which log of the room was read last; null until the server has said. */
  readonly epoch: string | null;
  /** Whether the last join found the log of the one before; null when that can't be told. */
  readonly isSameLog: boolean | null;
  /** The newest seq that is known, and the newest that was shown. */
  readonly head: number;
  readonly shown: number;
  /** How far it was read: shown while it was the room that is talked in; and what the server knows. */
  readonly read: number;
  readonly marked: number;
  /** Messages said here that the server has not taken yet. */
  readonly unsaid: number;
  /** The newest messages, by seq: what can be answered or changed without a number. */
  readonly recent: readonly Recent[];
}

export interface Model {
  readonly me: string;
  readonly state: ClientState;
  /** By key, in the order in which they were entered. */
  readonly rooms: ReadonlyMap<string, RoomModel>;
  /** Key of the room that plain lines go to. */
  readonly current: string | null;
  /** Keys of the rooms that were current before and are still entered, the latest last. */
  readonly past: readonly string[];
  /** Messages in rooms, by key, that were unread when the server was last asked, and not shown since. */
  readonly unread: ReadonlyMap<string, number>;
  /** Whether a connection was announced as lost and not yet as back. */
  readonly isAway: boolean;
  /** Whether the chat is being left: what is typed behind that is dropped. */
  readonly isOver: boolean;
}

export function createModel(me: string, state: ClientState): Model {
  const nowhere = { rooms: new Map(), current: null, past: [], unread: new Map() };
  return { me, state, ...nowhere, isAway: false, isOver: false };
}

/** The room that plain lines go to. */
export function currentRoom(model: Model): RoomModel | null {
  return model.current === null ? null : (model.rooms.get(model.current) ?? null);
}

/** What is known of a log of which nothing was seen. */
export const unseen = { head: 0, shown: 0, read: 0, marked: 0, recent: [] } as const;
const emptyRoom = {
  topic: "",
  memberCount: null,
  epoch: null,
  isSameLog: null,
  unsaid: 0,
  ...unseen,
} as const;

/** The model with a room entered or changed; rooms that are there keep what is not named. */
export function withRoom(model: Model, name: string, fields: Partial<RoomModel> = {}): Model {
  const key = roomKey(name);
  const before = model.rooms.get(key) ?? emptyRoom;
  return { ...model, rooms: new Map(model.rooms).set(key, { ...before, name, ...fields }) };
}

/** The model with plain lines going to the room of `key`, which is entered. */
export function withCurrent(model: Model, key: string): Model {
  const before = model.current === null ? model.past : [...model.past, model.current];
  const past = before.filter((each, index) => each !== key && before.lastIndexOf(each) === index);
  return withRead({ ...model, current: key, past });
}

/** The model after an entry with this seq was shown. */
export function withShown(model: Model, name: string, seq: number): Model {
  const { head = 0, shown = 0 } = model.rooms.get(roomKey(name)) ?? {};
  const fields = { head: Math.max(head, seq), shown: Math.max(shown, seq) };
  return withRead(withRoom(model, name, fields));
}

/** What is shown of the room that is talked in has been read. */
function withRead(model: Model): Model {
  const room = currentRoom(model);
  if (room === null || room.read >= room.shown) return model;
  return withRoom(model, room.name, { read: room.shown });
}

/** The model without a room; plain lines then go to the one that was current before it, if any. */
export function withoutRoom(model: Model, name: string): Model {
  const key = roomKey(name);
  const rooms = new Map(model.rooms);
  rooms.delete(key);
  const past = model.past.filter((each) => each !== key);
  if (model.current !== key) return { ...model, rooms, past };
  return withRead({ ...model, rooms, current: past.at(-1) ?? null, past: past.slice(0, -1) });
}

/** What to say when a room was taken away: where plain lines go now, if that is another place. */
export function talkLines(before: Model, now: Model): readonly Line[] {
  if (before.current === now.current) return [];
  const room = currentRoom(now);
  return [notice(room === null ? "you are in no room: /join ROOM" : talkText(now, room))];
}

export function talkText(model: Model, room: RoomModel): string {
  return `you talk in ${placeName(model, room.name)}`;
}

/** A room's name as a person would say it: of a conversation, the other one's nick. */
export function placeName(model: Model, room: string): string {
  if (directParticipants(roomKey(room)) === null) return room;
  const me = roomKey(model.me);
  const nicks = room.slice(1).split("+");
  return `@${nicks.find((nick) => roomKey(nick) !== me) ?? model.me}`;
}
