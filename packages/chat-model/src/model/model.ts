// What the chat client knows. Plain immutable data, and the ways in which it changes.
// update.ts makes the next model from an input (step.ts), views only read it, perform/ does the effects.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import type { ChatClientState } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import { pairOf, participantsOf } from "./pair.ts";
import { emptyRoom, type RoomModel } from "./room-model.ts";
import type { Search } from "./search.ts";
import { trimmedFront } from "./timeline.ts";

/** Messages said that the server has not taken yet; and those that it refused and that are kept. */
export interface Unsaid {
  readonly waiting: number;
  readonly refused: number;
}

export interface Model {
  readonly me: string;
  /** Of `me`: changed with it alone (`withMe`). */
  readonly meKey: NameKey;
  /** Keys of the nicks that one had before, in this run: who has not noticed still writes to them. */
  readonly formers: readonly NameKey[];
  readonly state: ChatClientState;
  /** By key, in the order in which they were entered. */
  readonly rooms: ReadonlyMap<NameKey, RoomModel>;
  /** Key of the room that plain lines go to. */
  readonly current: NameKey | null;
  /** Keys of the rooms that were current before and are still entered, the latest last. */
  readonly past: readonly NameKey[];
  /** Messages in rooms, by key, that were unread when the server was last asked, and not shown since. */
  readonly unread: ReadonlyMap<NameKey, number>;
  /** The search for what is older than was found last; null where all was looked through. */
  readonly further: Search | null;
  /** What was said in rooms, by key, and is not in their logs; rooms without any have no entry. */
  readonly unsaid: ReadonlyMap<NameKey, Unsaid>;
  /** Whether a connection was announced as lost and not yet as back. */
  readonly isAway: boolean;
  /** Whether the chat is being left: what is typed behind that is dropped. */
  readonly isOver: boolean;
  /** Of a display that is redrawn: whether the server was asked what is unread, and has told. */
  readonly inbox: "unasked" | "asked" | "told";
  /**
   * Whether what is shown is drawn anew with each change, so that it shows what waits by itself; else
   * lines are printed, and stay as they are.
   */
  readonly isRedrawn: boolean;
  /** Whether the person sees the end of the room that is talked in. */
  readonly isWatching: boolean;
  /** Whether old items of that room's timeline are being read, and are to stay. */
  readonly isHeld: boolean;
  /** Keys of the nicks of whom nothing is shown. */
  readonly ignored: ReadonlySet<NameKey>;
  /** Of those that one person had one after the other, each with the key of the first. */
  readonly ignoredAs: ReadonlyMap<NameKey, NameKey>;
  /** When the input at hand came, milliseconds since 1970. */
  readonly nowMs: number;
  /** Items that are held of a timeline. */
  readonly scrollback: number;
}

/** Items of a timeline, where nothing else is said. */
export const scrollbackDefault = 1000;
/** Items of a room that is not looked at: the rest is fetched again. */
export const scrollbackIdle = 200;

/** One and the same: what is drawn is compared by it. */
const noNicks: readonly NameKey[] = [];

export function createModel(me: string, state: ChatClientState): Model {
  const nowhere = {
    rooms: new Map(),
    current: null,
    past: [],
    unread: new Map(),
    unsaid: new Map(),
    further: null,
  };
  const seen = { isAway: false, isOver: false, isWatching: true, isHeld: false };
  return {
    me,
    meKey: roomKey(me),
    formers: noNicks,
    state,
    ...nowhere,
    ...seen,
    inbox: "unasked",
    isRedrawn: false,
    ignored: new Set(),
    ignoredAs: new Map(),
    nowMs: 0,
    scrollback: scrollbackDefault,
  };
}

/** The room that plain lines go to. */
export function currentRoom(model: Model): RoomModel | null {
  return model.current === null ? null : (model.rooms.get(model.current) ?? null);
}

/** The model with a room entered or changed; rooms that are there keep what is not named. */
export function withRoom(model: Model, name: string, fields: Partial<RoomModel> = {}): Model {
  const key = roomKey(name);
  const before = model.rooms.get(key) ?? newRoom(model, key, name);
  return { ...model, rooms: new Map(model.rooms).set(key, { ...before, name, ...fields }) };
}

/** The model with this room changed, which it holds. */
export function withChanged(model: Model, room: RoomModel, fields: Partial<RoomModel>): Model {
  const before = model.rooms.get(room.key) ?? room;
  return { ...model, rooms: new Map(model.rooms).set(room.key, { ...before, ...fields }) };
}

function newRoom(model: Model, key: NameKey, name: string): Omit<RoomModel, "name"> {
  return { ...emptyRoom, key, members: participantsOf(key, name), pair: pairOf(model, key, name) };
}

/**
 * The model with so many more messages that the server has not taken yet; below 0: fewer. What
 * is redrawn holds the messages themselves, and counts those.
 */
export function withUnsaid(model: Model, name: string, change: number): Model {
  if (model.isRedrawn) return model;
  const key = roomKey(name);
  const waiting = Math.max(0, (model.unsaid.get(key)?.waiting ?? 0) + change);
  return { ...model, unsaid: new Map(model.unsaid).set(key, { waiting, refused: 0 }) };
}

/** Why what one said last in a room can't be changed: it is in no log; null: it is, or nothing was said. */
export function unsaidProblem(model: Model, { key, said, shown }: RoomModel): string | null {
  const { waiting = 0, refused = 0 } = model.unsaid.get(key) ?? {};
  if (waiting > 0 || said > shown)
    return "what you said last is not there yet: try again in a moment";
  if (refused > 0) return "what you said last was refused: /retry sends it again, /drop forgets it";
  return null;
}

/** The model with plain lines going to the room of `key`, which is entered. */
export function withCurrent(model: Model, key: NameKey): Model {
  if (key === model.current) return withRead(model);
  const before = model.current === null ? model.past : [...model.past, model.current];
  const past = before.filter((each, index) => each !== key && before.lastIndexOf(each) === index);
  return withRead({ ...withLeftBehind(model), current: key, past, isHeld: false });
}

/** Of a room that one turns away from, what was read needs no line, and old items go. */
function withLeftBehind(model: Model): Model {
  const room = currentRoom(model);
  if (room === null) return model;
  const timeline = trimmedFront(room.timeline, scrollbackIdle);
  return withChanged(model, room, {
    timeline,
    divider: room.unread === 0 ? null : room.divider,
  });
}

/** The model after an entry with this seq was shown. */
export function withShown(model: Model, name: string, seq: number): Model {
  const { head = 0, shown = 0 } = model.rooms.get(roomKey(name)) ?? {};
  const fields = { head: Math.max(head, seq), shown: Math.max(shown, seq) };
  return withRead(withRoom(model, name, fields));
}

/** What is shown of the room that is talked in has been read, if the person looks. */
export function withRead(model: Model): Model {
  const room = currentRoom(model);
  if (room === null || !model.isWatching) return model;
  if (room.read >= room.shown && room.unread === 0 && !room.hasNews) return model;
  const read = Math.max(room.read, room.shown);
  return withChanged(model, room, { read, unread: 0, mentions: 0, counted: 0, hasNews: false });
}

/**
 * The model without a room. Plain lines then go to the one that was current before it, if any; but not
 * where all is redrawn and that would change under a person's fingers: there they go nowhere.
 */
export function withoutRoom(model: Model, name: string): Model {
  const key = roomKey(name);
  const rooms = new Map(model.rooms);
  rooms.delete(key);
  const past = model.past.filter((each) => each !== key);
  if (model.current !== key) return { ...model, rooms, past };
  if (model.isRedrawn) return { ...model, rooms, current: null, past };
  return withRead({ ...model, rooms, current: past.at(-1) ?? null, past: past.slice(0, -1) });
}

/** A room's name as a person would say it: of a conversation, the other one's nick. */
export function placeName(model: Model, room: string): string {
  const key = roomKey(room);
  if (directParticipants(key) === null) return room;
  const moved = model.rooms.get(key)?.moved ?? null;
  const former = moved?.isOwn === true ? moved.from : null;
  const me = former === null ? model.meKey : roomKey(former);
  const nicks = room.slice(1).split("+");
  const other = nicks.find((nick) => roomKey(nick) !== me) ?? model.me;
  return former === null ? `@${other}` : `@${other} (as ${former})`;
}
