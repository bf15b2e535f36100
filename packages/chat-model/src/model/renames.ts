// What becomes of conversations when nicks change hands: the one place where it is judged. Of each
// conversation the model knows the nick of one's own that it is of, and how the other is called now;
// whether it has moved, and where to, follows from that alone, so that no person is led in circles. Pure.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { withLocalItem } from "./conversation.ts";
import { conversationOf, goesOnIn, movedText } from "./direct.ts";
import { type Model, withChanged, withRoom } from "./model.ts";
import type { Moved, Pair } from "./pair.ts";
import type { RoomModel } from "./room-model.ts";
import { type Line, notice } from "./step.ts";

export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** The model after others took other nicks, all at once: two of them may have exchanged theirs. */
export function withOthersRenamed(model: Model, renamed: readonly Rename[]): Model {
  const now = new Map<NameKey, string>(renamed.map(({ from, to }) => [roomKey(from), to]));
  const followed = withPairs(model, (pair) => {
    const next = now.get(roomKey(pair.now));
    return next === undefined ? pair : { ...pair, now: next };
  });
  return settled(model, withHolders(followed, new Set([...now.values()].map(roomKey))));
}

/** The model after a person, it is not known who, was seen to have one of these nicks. */
export function withHeld(model: Model, nicks: readonly string[]): Model {
  return settled(model, withHolders(model, new Set(nicks.map(roomKey))));
}

/** The model after oneself took another nick, of which `next` knows. */
export function withSelfRenamed(model: Model, next: Model): Model {
  if (model.me === "") return withPairs(next, (pair, room) => ownPair(next, room) ?? pair);
  const me = next.meKey;
  // Who had that nick has another one now, and it is not known which.
  const known = withPairs(next, (pair) =>
    roomKey(pair.now) === me && roomKey(pair.other) !== me ? { ...pair, now: pair.other } : pair,
  );
  return settled(model, known);
}

/** The model after the person wants to talk to who has the nick of this conversation now. */
export function withOwned(model: Model, name: string): Model {
  const room = model.rooms.get(roomKey(name));
  const pair = room === undefined ? null : ownPair(model, room);
  if (room?.pair == null || pair === null || room.pair.self === pair.self) return model;
  return withChanged(model, room, { pair, moved: null });
}

/** The model after the person was told that another person may have the nick: they go on, or don't. */
export function withTakenTold(model: Model, { name, pair }: RoomModel): Model {
  return pair === null ? model : withRoom(model, name, { pair: { ...pair, taken: null } });
}

/** What line mode says of conversations that moved, or are where they were again. */
export function movedLines(before: Model, after: Model): Line[] {
  if (before.rooms === after.rooms) return [];
  return [...after.rooms].flatMap(([key, room]) => {
    const text = changeText(after, before.rooms.get(key), room);
    return text === null ? [] : [notice(text, room.name)];
  });
}

/** What a person is asked to notice before they go on in a conversation. */
export function takenText(model: Model, { pair }: RoomModel): string | null {
  if (pair === null || pair.taken === null) return null;
  const { other, taken } = pair;
  const isKnown = roomKey(taken) !== roomKey(other);
  const where = isKnown ? `: you talked with ${taken}, in ${placeOf(model, taken)}` : "";
  return `${other} may be somebody else than before${where}`;
}

const placeOf = (model: Model, nick: string): string =>
  goesOnIn(model, { room: conversationOf(model, nick) ?? "" });

function withPairs(model: Model, change: (pair: Pair, room: RoomModel) => Pair): Model {
  const rooms = new Map(model.rooms);
  for (const [key, room] of model.rooms) {
    const pair = room.pair === null ? null : change(room.pair, room);
    if (pair !== room.pair) rooms.set(key, { ...room, pair });
  }
  return { ...model, rooms };
}

/** A conversation of oneself with a nick that another has taken is the one with them. */
function withHolders(model: Model, holders: ReadonlySet<NameKey>): Model {
  return withPairs(model, (pair, room) => {
    const own = ownPair(model, room);
    if (own === null || !holders.has(roomKey(own.other))) return pair;
    const isSame = roomKey(pair.now) === roomKey(own.other);
    return isSame ? pair : { ...own, taken: pair.now };
  });
}

/** The conversation as it is of oneself now, whatever it was before; null: it is none of one's own. */
function ownPair({ meKey: self }: Model, { key, name }: RoomModel): Pair | null {
  const participants = directParticipants(key);
  if (participants?.includes(self) !== true) return null;
  const other = name
    .slice(1)
    .split("+")
    .find((nick) => roomKey(nick) !== self);
  return other === undefined ? null : { self, other, now: other, taken: null };
}

/** Where each conversation goes on now; and of those that changed, the word on it. */
function settled(before: Model, model: Model): Model {
  let next = model;
  for (const [key, room] of model.rooms) {
    if (room.pair === null) continue;
    const settledRoom = withWhereabouts(model, room);
    const text = changeText(model, before.rooms.get(key), settledRoom);
    if (settledRoom !== room) next = withChanged(next, room, settledRoom);
    if (text === null) continue;
    next = withChanged(next, room, peopleOf(next, settledRoom));
    next = withLocalItem(next, room.name, { kind: "notice", at: next.nowMs, text, isError: false });
  }
  return next;
}

function withWhereabouts(model: Model, room: RoomModel): RoomModel {
  const { pair } = room;
  if (pair === null) return room;
  const place = conversationOf(model, pair.now);
  // Both have other nicks, and the two of them are those of this conversation still.
  if (place !== null && roomKey(place) === room.key) {
    const { now } = pair;
    const isAsBefore = pair.self === model.meKey && roomKey(pair.other) === roomKey(now);
    const own = isAsBefore ? pair : { self: model.meKey, other: now, now, taken: null };
    return room.moved === null && own === pair ? room : { ...room, pair: own, moved: null };
  }
  const isOwn = pair.self !== model.meKey;
  const isElsewhere = isOwn || roomKey(pair.now) !== roomKey(pair.other);
  if (place === null || !isElsewhere) return room.moved === null ? room : { ...room, moved: null };
  const from = isOwn ? nickIn(room, pair.self) : pair.other;
  const moved: Moved = { from, to: isOwn ? model.me : pair.now, room: place, isOwn };
  return isSame(room.moved, moved) ? room : { ...room, moved };
}

const nickIn = ({ name }: RoomModel, key: NameKey): string =>
  name
    .slice(1)
    .split("+")
    .find((nick) => roomKey(nick) === key) ?? key;

const isSame = (one: Moved | null, other: Moved | null): boolean =>
  one?.from === other?.from && one?.to === other?.to && one?.room === other?.room;

/** Of a conversation that moved, one is alone in the old one; who is back is there. */
function peopleOf(model: Model, { moved, pair, memberCount }: RoomModel): Partial<RoomModel> {
  const members = moved === null && pair !== null ? [model.me, pair.other] : [model.me];
  return { members, typing: [], ...(memberCount !== null && { memberCount: members.length }) };
}

function changeText(model: Model, before: RoomModel | undefined, room: RoomModel): string | null {
  const { moved, pair } = room;
  const was = before?.moved ?? null;
  if (before === undefined || pair === null) return null;
  if (moved !== null) {
    if (isSame(was, moved)) return null;
    return `${movedText(model, moved)} Enter opens it; what was said here stays readable.`;
  }
  if (pair.taken !== null && before.pair?.taken !== pair.taken) return takenText(model, room);
  if (was === null) return null;
  const who = was.isOwn ? `you are ${model.me}` : `${was.to} is ${pair.other}`;
  return `${who} again: the conversation goes on here.`;
}
