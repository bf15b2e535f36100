// Of whom nothing is shown, and what that means: the one place where it is judged. What comes from the
// server passes through here before it is held, counted, listed or told; what is held already when
// a person is ignored is taken out here. Pure. Nothing is undone by it: the log has it all.

import { directParticipants, type Entry, type NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { isMeant } from "./is-meant.ts";
import { type Model, withChanged } from "./model.ts";
import type { RoomModel } from "./room-model.ts";
import { type Item, itemsOf, type Message, withItems } from "./timeline.ts";

/** Keys of nicks. */
export type Ignored = ReadonlySet<NameKey>;

/** Nicks that are ignored at most: a person who takes ever new ones fills no disk. */
export const ignoredMax = 1000;

export const isIgnored = ({ ignored }: { readonly ignored: Ignored }, nick: string): boolean =>
  ignored.size > 0 && ignored.has(roomKey(nick));

/** Whether a room is the conversation with a person ignored: nothing in it is new, and it opens none. */
export function isIgnoredPlace(model: { readonly ignored: Ignored }, room: string): boolean {
  if (model.ignored.size === 0) return false;
  return directParticipants(roomKey(room))?.some((nick) => isIgnored(model, nick)) ?? false;
}

/** Entries of others than those ignored; of their reactions nothing is left, either. */
export function shownEntries<T extends Entry>(entries: readonly T[], ignored: Ignored): T[] {
  const shown = entries.filter(({ from }) => !isIgnored({ ignored }, from));
  return shown.map((entry) =>
    entry.type === "message" ? (shownMessage(entry, ignored) as T) : entry,
  );
}

/** The message without what people who are ignored put under it, as far as the server names them. */
export function shownMessage(message: Message, ignored: Ignored): Message {
  const { reactions, ...rest } = message;
  const isHidden = (nick: string) => isIgnored({ ignored }, nick);
  if (reactions?.some(({ from }) => from.some(isHidden)) !== true) return message;
  const left = reactions.map(({ emoji, count, from }) => {
    const others = from.filter((nick) => !isHidden(nick));
    return { emoji, count: count - from.length + others.length, from: others };
  });
  const shown = left.filter(({ count }) => count > 0);
  return shown.length === 0 ? rest : { ...rest, reactions: shown };
}

/** What is shown of an item: at most one. */
export function shownItem(item: Item, ignored: Ignored): readonly Item[] {
  const isShown = (nick: string) => !isIgnored({ ignored }, nick);
  switch (item.kind) {
    case "message": {
      if (!isShown(item.message.from)) return [];
      const message = shownMessage(item.message, ignored);
      return [message === item.message ? item : { ...item, message }];
    }
    case "topic":
      return isShown(item.from) ? [item] : [];
    case "presence": {
      const [joined, left] = [item.joined.filter(isShown), item.left.filter(isShown)];
      const renamed = item.renamed.filter(({ from, to }) => isShown(from) && isShown(to));
      const isEmpty = joined.length + left.length + renamed.length === 0;
      return isEmpty ? [] : [{ ...item, joined, left, renamed }];
    }
    default:
      return [item];
  }
}

/** The model in which this nick is ignored, too: of what is held and counted, theirs is gone. */
export function withIgnored(model: Model, nick: string): Model {
  const key = roomKey(nick);
  if (model.ignored.has(key) || model.ignored.size >= ignoredMax) return model;
  const next = { ...model, ignored: new Set(model.ignored).add(key) };
  return [...model.rooms.values()].reduce(
    (after, room) => withChanged(after, room, without(next, room)),
    next as Model,
  );
}

/** The model after a person took another nick: who is ignored stays so, under both, as one person. */
export function withIgnoredRenamed(model: Model, from: string, to: string): Model {
  if (!isIgnored(model, from)) return model;
  const next = withIgnored(model, to);
  const [before, now] = [roomKey(from), roomKey(to)];
  if (!next.ignored.has(now) || before === now) return next;
  const first = model.ignoredAs.get(before) ?? before;
  const ignoredAs = new Map(next.ignoredAs);
  for (const nick of ignoredWith(model, to)) ignoredAs.set(nick, first);
  ignoredAs.set(now, first).delete(first);
  return { ...next, ignoredAs };
}

/** Keys of the nicks that were ignored of the person who has or had this one, itself among them. */
export function ignoredWith({ ignored, ignoredAs }: Model, nick: string): readonly NameKey[] {
  const key = roomKey(nick);
  const first = ignoredAs.get(key) ?? key;
  return [...ignored].filter((each) => (ignoredAs.get(each) ?? each) === first);
}

/** The model in which nothing of the person with this nick is hidden. */
export function withoutIgnored(model: Model, nick: string): Model {
  const [ignored, ignoredAs] = [new Set(model.ignored), new Map(model.ignoredAs)];
  for (const key of ignoredWith(model, nick)) {
    ignored.delete(key);
    ignoredAs.delete(key);
  }
  return { ...model, ignored, ignoredAs };
}

/** What of a room changes by it. */
function without(model: Model, room: RoomModel): Partial<RoomModel> {
  const { ignored } = model;
  const items = itemsOf(room.timeline);
  const typing = room.typing.filter(({ nick }) => !isIgnored(model, nick));
  const timeline = withItems(
    room.timeline,
    items.flatMap((item) => shownItem(item, ignored)),
  );
  if (isIgnoredPlace(model, room.name)) {
    return { timeline, typing, unread: 0, mentions: 0, hasNews: false, divider: null };
  }
  const first = room.divider ?? Number.POSITIVE_INFINITY;
  const gone = items.flatMap((item) =>
    item.kind === "message" && item.key > first && isIgnored(model, item.message.from)
      ? [item.message]
      : [],
  );
  const named = gone.filter((message) => isMeant(model, message));
  const unread = Math.max(0, room.unread - gone.length);
  const mentions = Math.min(unread, Math.max(0, room.mentions - named.length));
  return { timeline, typing, unread, mentions, ...(unread === 0 && { divider: null }) };
}
