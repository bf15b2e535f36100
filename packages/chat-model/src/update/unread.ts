// What the server knows of what is unread, in the rooms of a display that is redrawn: how far each was
// read before one came, and what has waited since. Pure. What comes from then on is counted where it
// comes.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import { type InboxRoom, roomKey } from "@maru/sdk/chat";
import { type Model, withChanged, withRoom } from "../model/model.ts";
import type { RoomModel } from "../model/room-model.ts";
import type { Step } from "../model/step.ts";

const isConversation = (key: NameKey): boolean => directParticipants(key) !== null;

/** The step after which the server is asked what is unread, if that is known of no other question. */
export function asking({ model, lines, effects }: Step): Step {
  if (model.inbox !== "told") return { model, lines, effects };
  const inbox = { type: "inbox", isBrief: true } as const;
  return { model: { ...model, inbox: "asked" }, lines, effects: [...effects, inbox] };
}

/** The model after the server has told everything that it has counted. */
export function withInbox(model: Model, rooms: readonly InboxRoom[], isBrief: boolean): Model {
  const known = new Set(rooms.map(({ room }) => roomKey(room)));
  const inbox = isBrief && model.inbox === "asked" ? "told" : model.inbox;
  // Rooms count for themselves here.
  const told = rooms.reduce(withCounts, { ...model, inbox, unread: new Map() });
  const others = [...told.rooms].filter(([key, room]) => room.isMarked === null && !known.has(key));
  return others.reduce(
    (next, [key, room]) => withFirstMark(withChanged(next, room, { isMarked: false }), key),
    told,
  );
}

/**
 * A room that the server has no marker of was never entered before: nothing of what is in it already
 * is unread, and what comes from now on is, also if one never looks.
 */
export function withFirstMark(model: Model, key: NameKey): Model {
  const room = model.rooms.get(key);
  if (room === undefined || room.isMarked !== false || room.memberCount === null) return model;
  // What came since one entered is unread, unless one has said something behind it.
  const isNew = room.unread > 0 && room.divider !== null;
  const read = Math.max(room.read, (isNew ? room.divider : null) ?? room.head);
  const marked = { read, marked: -1, ...(!isNew && { unread: 0, mentions: 0 }) };
  return withChanged(model, room, { isMarked: true, ...(!isConversation(key) && marked) });
}

/** Unread begins behind what the server knows as read; a conversation that waits is opened by that. */
function withCounts(model: Model, each: InboxRoom): Model {
  const { room: name, read, unread, epoch, head } = each;
  const key = roomKey(name);
  const known = model.rooms.get(key);
  if (known === undefined && !(isConversation(key) && unread > 0)) return model;
  if (known?.epoch != null && known.epoch !== epoch) return model;
  const next = withRoom(model, known?.name ?? name, { isMarked: true });
  const room = next.rooms.get(key);
  if (room === undefined || room.read > read) return next;
  // What is said to one alone is meant for one.
  const mentions = isConversation(key) ? unread : each.mentions;
  const isNew = known?.isMarked !== true || room.unread === 0 || room.divider === null;
  const counts = {
    read,
    marked: Math.max(room.marked, read),
    unread: Math.max(room.unread, unread),
    mentions: Math.max(room.mentions, mentions),
    counted: Math.max(room.counted, head),
    ...(isNew && unread > 0 && { divider: read }),
  };
  return withChanged(next, room, { ...counts, ...notJoined(room, each) });
}

/** Of a conversation that is not joined the server does not tell what came meanwhile: it is in the log. */
function notJoined(room: RoomModel, { epoch, head }: InboxRoom): Partial<RoomModel> {
  if (room.memberCount !== null || !isConversation(room.key) || head <= room.shown) return {};
  const isEmpty = room.timeline.count === 0;
  const missing = isEmpty ? { hasOlder: true } : { hasNewer: true };
  const timeline = { ...room.timeline, ...missing };
  return { epoch, head: Math.max(room.head, head), timeline };
}

/** What the server had counted as unread in the current room has been seen now. */
export function withoutUnreadCount(model: Model): Model {
  if (model.current === null || !model.unread.has(model.current)) return model;
  const unread = new Map(model.unread);
  unread.delete(model.current);
  return { ...model, unread };
}
