// Conversations of two, and their nicks: who the other is, whether they are here, and how it is said
// where a conversation goes on when one of its nicks was given up (renames.ts). Pure. Until there are accounts it belongs to two
// nicks: what is written under one that was given up reaches no person, or another one.

import { directParticipants, directRoom, parseNick } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { type Model, withChanged } from "./model.ts";
import type { RoomModel } from "./room-model.ts";

/** Former nicks of one's own that still name one. */
const formersMax = 8;

export const isDirectName = (room: string): boolean => directParticipants(roomKey(room)) !== null;

/** The nick of the other, as the room writes it; null: it is no conversation, or one with oneself. */
export const otherIn = (room: RoomModel): string | null => room.pair?.other ?? null;

/** The conversation of oneself, as one is called now, with `other`; null where a nick is none. */
export function conversationOf(model: Model, other: string): string | null {
  const [self, them] = [parseNick(model.me), parseNick(other)];
  return self.ok && them.ok ? directRoom(self, them).name : null;
}

/** Whether the other is here, as far as is known. */
export function isOtherHere(room: RoomModel): boolean {
  const other = otherIn(room);
  if (other === null || room.members === null) return true;
  return room.members.some((nick) => roomKey(nick) === roomKey(other));
}

/** The model with the two of a conversation, or oneself alone. */
export function withOtherHere(model: Model, name: string, isHere: boolean): Model {
  const room = model.rooms.get(roomKey(name));
  const other = room === undefined ? null : otherIn(room);
  if (room === undefined || other === null || room.moved !== null) return model;
  if (isOtherHere(room) === isHere) {
    return isHere && room.isAbsenceTold
      ? withChanged(model, room, { isAbsenceTold: false })
      : model;
  }
  const members = isHere ? [model.me, other] : [model.me];
  const known = room.memberCount !== null && { memberCount: members.length };
  return withChanged(model, room, { members, ...known, ...(isHere && { isAbsenceTold: false }) });
}

/** What happened to the nick, and where the conversation goes on. */
export function movedText(model: Model, moved: NonNullable<RoomModel["moved"]>): string {
  const { from, to, isOwn } = moved;
  const what = isOwn ? `you were "${from}" here, and are "${to}" now` : `"${from}" is "${to}" now`;
  return `${what}: the conversation goes on in ${goesOnIn(model, moved)}.`;
}

/** As one would type it: `@mona`. */
export function goesOnIn(model: Model, { room }: { readonly room: string }): string {
  return `@${
    room
      .slice(1)
      .split("+")
      .find((nick) => roomKey(nick) !== model.meKey) ?? model.me
  }`;
}

/** The model under another nick; the one before still names one. */
export function withMe(model: Model, me: string): Model {
  if (me === model.me) return model;
  const [before, now] = [model.meKey, roomKey(me)];
  const others = model.formers.filter((nick) => nick !== before && nick !== now);
  const formers =
    before === now || model.me === "" ? others : [...others, before].slice(-formersMax);
  return { ...model, me, meKey: now, formers };
}

/** The model after these nicks were seen on others: they name one no longer. */
export function withTaken(model: Model, nicks: readonly string[]): Model {
  if (model.formers.length === 0) return model;
  const taken = new Set(nicks.map(roomKey));
  const formers = model.formers.filter((nick) => !taken.has(nick));
  return formers.length === model.formers.length ? model : { ...model, formers };
}
