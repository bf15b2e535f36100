// What the chat client knows, and what can happen to it. Plain immutable data.
// update.ts makes the next model from an input, views only read it, run/ does the effects.

import { directParticipants } from "@maru/protocol/chat";
import type { ChatError, ClientEvent, ClientState, ReplyTo } from "@maru/sdk";
import { roomKey } from "@maru/sdk";

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
  /** Whether a connection was announced as lost and not yet as back. */
  readonly isAway: boolean;
  /** Whether the chat is being left: what is typed behind that is dropped. */
  readonly isOver: boolean;
}

/** What the outside is asked to do. Answers come back as inputs. */
export type Effect =
  | { readonly type: "join"; readonly room: string }
  | { readonly type: "leave"; readonly room: string }
  | {
      readonly type: "send";
      readonly room: string;
      readonly text: string;
      readonly action: boolean;
      /** The nick of the one person whom this is for: whether they are here is worth a word. */
      readonly to?: string;
    }
  | { readonly type: "nick"; readonly nick: string }
  | { readonly type: "topic"; readonly room: string; readonly topic: string }
  | { readonly type: "who"; readonly room: string }
  | { readonly type: "rooms" }
  | { readonly type: "quit" };

export type Input =
  | { readonly type: "typed"; readonly line: string }
  | { readonly type: "event"; readonly event: ClientEvent }
  | { readonly type: "renamed"; readonly nick: string }
  | { readonly type: "members"; readonly room: string; readonly members: readonly string[] }
  | { readonly type: "absent"; readonly nick: string }
  | { readonly type: "directory"; readonly rooms: ReplyTo<"rooms">["rooms"] }
  | { readonly type: "failed"; readonly effect: Effect; readonly error: ChatError };

/** What is to be shown, before it is known how. Holds remote text as it came. */
export type Line =
  | {
      readonly type: "message";
      readonly room: string;
      readonly from: string;
      readonly text: string;
      readonly atMs: number;
      readonly isAction: boolean;
      readonly isOwn: boolean;
    }
  /** What happened; `room` null: to the client as a whole. */
  | { readonly type: "notice"; readonly room: string | null; readonly text: string }
  | { readonly type: "error"; readonly text: string }
  /** A table or help: several lines, shown as they are. */
  | { readonly type: "text"; readonly text: string };

/** What an input leads to. */
export interface Step {
  readonly model: Model;
  readonly lines: readonly Line[];
  readonly effects: readonly Effect[];
}

export function createModel(me: string, state: ClientState): Model {
  return { me, state, rooms: new Map(), current: null, past: [], isAway: false, isOver: false };
}

/** A step that shows and does something, or nothing. */
export function step(
  model: Model,
  { lines = [], effects = [] }: { lines?: readonly Line[]; effects?: readonly Effect[] } = {},
): Step {
  return { model, lines, effects };
}

export function notice(text: string, room: string | null = null): Line {
  return { type: "notice", room, text };
}

export function problem(text: string): Line {
  return { type: "error", text };
}

/** The room that plain lines go to. */
export function currentRoom(model: Model): RoomModel | null {
  return model.current === null ? null : (model.rooms.get(model.current) ?? null);
}

const emptyRoom = { topic: "", memberCount: null, epoch: null, isSameLog: null } as const;

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
  return { ...model, current: key, past };
}

/** The model without a room; plain lines then go to the one that was current before it, if any. */
export function withoutRoom(model: Model, name: string): Model {
  const key = roomKey(name);
  const rooms = new Map(model.rooms);
  rooms.delete(key);
  const past = model.past.filter((each) => each !== key);
  if (model.current !== key) return { ...model, rooms, past };
  return { ...model, rooms, current: past.at(-1) ?? null, past: past.slice(0, -1) };
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
