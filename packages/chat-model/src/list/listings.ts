// What there is to choose from: rooms to go to, rooms with people in them, found messages, and messages
// that were refused. Pure.

import { roomKey } from "@maru/sdk/chat";
import { shownEntries } from "../model/ignoring.ts";
import { type Model, placeName } from "../model/model.ts";
import type { Levels } from "../model/notify-level.ts";
import { failedOf, type Pending } from "../model/pending.ts";
import { roomActivity } from "../model/room-activity.ts";
import { type RoomNumbers, roomOrder } from "../model/room-order.ts";
import type { Search } from "../model/search.ts";
import type { Input } from "../model/step.ts";
import { dayTime } from "../time/clock-time.ts";
import { searchHints } from "../update/nothing-found.ts";
import type { Choice, Listing } from "./choices.ts";

interface Listed extends Levels {
  readonly chat: Model;
  readonly numbers: RoomNumbers;
  readonly pending: readonly Pending[];
}

const choice = (
  label: string,
  detail: string,
  room: string,
  more: Partial<Choice> = {},
): Choice => ({
  label,
  detail,
  room,
  seq: null,
  id: null,
  isMarked: false,
  ...more,
});

/** The rooms one is in, the most urgent first, then as one came through them. */
export function roomsToGoTo(model: Listed): Listing {
  const { chat } = model;
  const order = roomOrder(model);
  const recent = [...chat.past].reverse();
  const rooms = order.flatMap((key) => {
    const room = chat.rooms.get(key);
    if (room === undefined || key === chat.current) return [];
    return [{ key, room, ...roomActivity(model, room) }];
  });
  const rank = ({ key, mentions, unread }: (typeof rooms)[number]): number => {
    if (mentions > 0) return 0;
    if (unread > 0) return 1;
    return recent.includes(key) ? 2 + recent.indexOf(key) / recent.length : 3;
  };
  const choices = rooms
    .sort((one, other) => rank(one) - rank(other))
    .map(({ room, unread, mentions }) => {
      const detail = unread > 0 ? `${unread} unread` : room.topic;
      const isMarked = mentions > 0;
      return choice(placeName(chat, room.name), detail, room.name, { isMarked });
    });
  return { purpose: "switch", title: "go to", choices };
}

/** Without an answer of the server yet, none. */
export function directory(rooms: Extract<Input, { type: "directory" }>["rooms"] = []): Listing {
  const choices = rooms.map(({ room, memberCount, topic }) =>
    choice(room, topic === "" ? `${memberCount} here` : `${memberCount} here  ${topic}`, room),
  );
  return { purpose: "directory", title: "rooms with people in them", choices };
}

export type Found = Extract<Input, { type: "found" }>;

/** What a search has found, the newest first. */
export function foundMessages(
  chat: Model,
  { query, messages, next, isBehind, asked }: Found,
): Listing {
  const shown = shownEntries(messages, chat.ignored);
  const choices = shown.toReversed().map(({ room, seq, from, text, at }) => {
    const place = roomKey(room) === chat.current ? "" : `  ${placeName(chat, room)}`;
    return choice(`${from}: ${text}`, `#${seq}  ${dayTime(at)}${place}`, room, { seq });
  });
  const behind = isBehind ? "; the newest may be missing" : "";
  const older = next === null || asked === undefined ? null : { ...asked, cursor: next };
  const hints = asked === undefined ? [] : searchHints(query, asked.room === null);
  return { purpose: "found", title: `found for ${query}${behind}`, choices, older, hints };
}

/** The choices with those of a further page behind them, each once. */
export function continuedBy(
  choices: readonly Choice[],
  further: readonly Choice[],
): readonly Choice[] {
  const keyOf = ({ room, seq }: Choice) => `${seq} ${room}`;
  const known = new Set(choices.map(keyOf));
  return [...choices, ...further.filter((each) => !known.has(keyOf(each)))];
}

/** Whether a search is for what is older than was found by another. */
export const isFurther = ({ cursor }: Search): boolean => cursor !== undefined;

export const isSameSearch = (one: Search | null | undefined, other: Search): boolean =>
  one?.query === other.query && one.room === other.room && one.cursor === other.cursor;

export function refusedMessages(model: Pick<Listed, "chat" | "pending">): Listing {
  const choices = failedOf(model).map(({ id, room, text, problem }) =>
    choice(text, `${placeName(model.chat, room)}: ${problem ?? ""}`, room, { id }),
  );
  return { purpose: "failed", title: "could not be sent", choices };
}
