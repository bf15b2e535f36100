// What entries and pages of the log do to the rooms of the model. Pure.

import type { Amendment, Entry } from "@maru/protocol/chat";
import { directParticipants, typingShownMs } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import {
  type Ignored,
  isIgnored,
  shownEntries,
  shownItem,
  shownMessage,
  withIgnoredRenamed,
} from "./ignoring.ts";
import { isMeant } from "./is-meant.ts";
import { type Model, withChanged, withRoom, withShown } from "./model.ts";
import type { RoomModel } from "./room-model.ts";
import {
  emptyTimeline,
  type Item,
  type LocalItem,
  type Message,
  type Timeline,
  type TimelineBounds,
  withAmendment,
  withItem,
  withLocal,
} from "./timeline.ts";

/** Members that are known by name; more are only counted. */
export const membersMax = 1000;
/** Who is known to be writing; of more, those who began last. */
export const typingMax = 64;

/** How much of a room's timeline is held now. */
function boundsOf(model: Model, name: string): TimelineBounds {
  const isCurrent = roomKey(name) === model.current;
  return { max: model.scrollback, isHeld: isCurrent && model.isHeld };
}

export function itemOf(entry: Entry): Item | null {
  switch (entry.type) {
    case "message":
      return { kind: "message", key: entry.seq, message: entry };
    case "topic": {
      const { seq: key, at, from, topic } = entry;
      return { kind: "topic", key, at, from, topic };
    }
    default:
      return null;
  }
}

/** Entries of a page as items: messages as they stand, with what was done to them on the page. */
export function itemsOfPage(entries: readonly Entry[], ignored: Ignored): Item[] {
  return shownEntries(entries, ignored).flatMap((entry) => itemOf(entry) ?? []);
}

/** The model after a person said something. */
export function withMessage(model: Model, message: Message): Model {
  const { room, seq, from } = message;
  const before = model.rooms.get(roomKey(room));
  // It begins no conversation.
  if (before === undefined && isIgnored(model, from)) return model;
  const entered = before === undefined ? withRoom(model, room) : model;
  const known = entered.rooms.get(roomKey(room));
  // Replayed once more.
  if (known === undefined || seq <= known.shown) return withShown(entered, room, seq);
  if (isIgnored(model, from)) return withShown(entered, room, seq);
  const isOwn = roomKey(from) === model.meKey;
  const shown = shownMessage(message, model.ignored);
  const item: Item = { kind: "message", key: seq, message: shown };
  const next = withRoom(entered, room, {
    timeline: withItem(known.timeline, item, boundsOf(model, room)),
    ...(known.typing.length > 0 && { typing: withoutTyping(known, from) }),
    ...(!isOwn && countedUnread(model, known, message)),
  });
  return withShown(next, room, seq);
}

function countedUnread(model: Model, room: RoomModel, message: Message): Partial<RoomModel> {
  // It was counted already: by the server, or when the marker was set.
  if (message.seq <= room.counted) return {};
  const unread = room.unread + 1;
  const mentions = room.mentions + (isMeant(model, message) ? 1 : 0);
  const isSeen = model.isWatching && room.key === model.current;
  const divider = isSeen || room.unread > 0 ? room.divider : message.seq - 1;
  return { unread, mentions, divider };
}

/** The model after a topic was set. */
export function withTopic(model: Model, entry: Extract<Entry, { type: "topic" }>): Model {
  const { room, seq, topic, from } = entry;
  const isHidden = isIgnored(model, from);
  const known = withRoom(model, room, { topic, ...(!isHidden && { hasNews: true }) });
  const { timeline = emptyTimeline } = known.rooms.get(roomKey(room)) ?? {};
  const item = isHidden ? null : itemOf(entry);
  const next = item === null ? timeline : withItem(timeline, item, boundsOf(model, room));
  return withShown(withRoom(known, room, { timeline: next }), room, seq);
}

/** The model after something was done to a message. */
export function withAmended(model: Model, amendment: Amendment): Model {
  const { room, seq } = amendment;
  const known = model.rooms.get(roomKey(room));
  // What is edited or taken back is so no matter which person did it: only what they add isn't shown.
  const isHidden = amendment.type === "reaction" && isIgnored(model, amendment.from);
  if (known === undefined || isHidden) return withShown(model, room, seq);
  const timeline = withAmendment(known.timeline, amendment);
  return withShown(withRoom(model, room, { timeline, hasNews: true }), room, seq);
}

export interface Change {
  readonly joined?: readonly string[] | undefined;
  readonly left?: readonly string[] | undefined;
  readonly renamed?: readonly { readonly from: string; readonly to: string }[] | undefined;
  readonly memberCount: number;
}

/** The model after people came, went or took other nicks. */
export function withPresence(model: Model, name: string, change: Change): Model {
  const { memberCount } = change;
  const known = model.rooms.get(roomKey(name));
  // In a conversation, what is told is whether the other is here: direct.ts.
  const isDirect = directParticipants(roomKey(name)) !== null;
  const members = isDirect ? known?.members : membersAfter(known?.members ?? null, change);
  const people = { memberCount, ...(members !== undefined && { members }) };
  const next = withFollowed(withRoom(model, name, people), change);
  // Of oneself one knows.
  const me = model.meKey;
  const isOther = (nick: string) => roomKey(nick) !== me;
  const joined = (change.joined ?? []).filter(isOther);
  const left = (change.left ?? []).filter(isOther);
  const renamed = (change.renamed ?? []).filter(({ to }) => isOther(to));
  const item = { kind: "presence", key: 0, at: model.nowMs, joined, left, renamed } as const;
  if (joined.length + left.length + renamed.length === 0) return next;
  const shown = shownItem(item, next.ignored);
  return shown.reduce((after, each) => withLocalItem(after, name, each as LocalItem), next);
}

/** Who is ignored stays so under another nick, and is still under the one before. */
export function withFollowed(model: Model, { renamed = [] }: Pick<Change, "renamed">): Model {
  return renamed.reduce((next, { from, to }) => withIgnoredRenamed(next, from, to), model);
}

function membersAfter(members: readonly string[] | null, change: Change): readonly string[] | null {
  const { joined = [], left = [], renamed = [], memberCount } = change;
  // Counted only: who they are is known no longer.
  if (members === null || memberCount > membersMax) return null;
  const gone = new Set([...left, ...renamed.map(({ from }) => from)].map(roomKey));
  const come = [...joined, ...renamed.map(({ to }) => to)];
  const added = new Set(come.map(roomKey));
  const stay = members.filter((nick) => !gone.has(roomKey(nick)) && !added.has(roomKey(nick)));
  const after = [...stay, ...come];
  return after.length === memberCount ? after : null;
}

/** Adds what has no place in the log. */
export function withLocalItem(model: Model, name: string, item: LocalItem): Model {
  const room = model.rooms.get(roomKey(name));
  if (room === undefined) return model;
  const timeline = withLocal(room.timeline, item, boundsOf(model, name));
  return withRoom(model, name, { timeline });
}

export function withTimeline(model: Model, name: string, timeline: Timeline): Model {
  return model.rooms.has(roomKey(name)) ? withRoom(model, name, { timeline }) : model;
}

/** The model with nothing held of this room's conversation: it is in the log still, to be fetched. */
export function withNothingHeld(model: Model, room: RoomModel): Model {
  const { localKey } = room.timeline;
  return withChanged(model, room, {
    timeline: { ...emptyTimeline, localKey, hasOlder: room.head > 0 },
  });
}

/** A person is writing, or no longer. */
export function withTyping(model: Model, name: string, nick: string, isTyping: boolean): Model {
  const room = model.rooms.get(roomKey(name));
  if (room === undefined || roomKey(nick) === model.meKey) return model;
  if (isTyping && isIgnored(model, nick)) return model;
  const others = withoutTyping(room, nick);
  const typing = isTyping ? [...others, { nick, untilMs: model.nowMs + typingShownMs }] : others;
  return withRoom(model, name, { typing: typing.slice(-typingMax) });
}

function withoutTyping(room: RoomModel, nick: string) {
  return room.typing.filter((each) => roomKey(each.nick) !== roomKey(nick));
}

/** The model without those who were writing and have not been heard of since. */
export function withoutStaleTyping(model: Model): Model {
  let next = model;
  for (const room of model.rooms.values()) {
    const typing = room.typing.filter(({ untilMs }) => untilMs > model.nowMs);
    if (typing.length < room.typing.length) next = withChanged(next, room, { typing });
  }
  return next;
}
