// Lists to choose from: rooms to go to, rooms with people in them, found messages, failed sends.
// Owns how they are narrowed down by what is typed. Pure.

import {
  type Effect,
  failedOf,
  type Input,
  placeName,
  roomActivity,
  roomOrder,
  type Search,
  shownEntries,
} from "@maru/chat-model/model";
import { dayTime } from "@maru/chat-model/time";
import { searchHints } from "@maru/chat-model/update";
import { roomKey } from "@maru/sdk";
import { emptyEditor } from "@maru/tui/editor";
import type { List } from "../model/choices.ts";
import type { Choice, ScreenModel } from "../model/screen-model.ts";

const list = (purpose: List["purpose"], title: string, choices: readonly Choice[]): List => ({
  kind: "list",
  purpose,
  title,
  filter: emptyEditor,
  choices,
  index: 0,
  isWaiting: false,
});

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
export function switchList(model: ScreenModel): List {
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
  return list("switch", "go to", choices);
}

const directoryTitle = "rooms with people in them";

export function directoryList({ rooms }: Extract<Input, { type: "directory" }>): List {
  const choices = rooms.map(({ room, memberCount, topic }) =>
    choice(room, topic === "" ? `${memberCount} here` : `${memberCount} here  ${topic}`, room),
  );
  return list("directory", directoryTitle, choices);
}

/** What a search has found, the newest first. */
function foundList({ chat }: ScreenModel, { query, messages, next, isBehind, asked }: Found): List {
  const shown = shownEntries(messages, chat.ignored);
  const choices = shown.toReversed().map(({ room, seq, from, text, at }) => {
    const place = roomKey(room) === chat.current ? "" : `  ${placeName(chat, room)}`;
    return choice(`${from}: ${text}`, `#${seq}  ${dayTime(at)}${place}`, room, { seq });
  });
  const behind = isBehind ? "; the newest may be missing" : "";
  const older = next === null || asked === undefined ? null : { ...asked, cursor: next };
  const hints = asked === undefined ? [] : searchHints(query, asked.room === null);
  return { ...list("found", `found for ${query}${behind}`, choices), older, hints };
}

type Found = Extract<Input, { type: "found" }>;

/** The list with a further page behind what it holds. */
function continued(shown: List, page: List): List {
  const keyOf = ({ room, seq }: Choice) => `${seq} ${room}`;
  const known = new Set(shown.choices.map(keyOf));
  const choices = [...shown.choices, ...page.choices.filter((each) => !known.has(keyOf(each)))];
  return { ...shown, choices, older: page.older ?? null, isWaiting: false };
}

const isFurther = ({ cursor }: Search): boolean => cursor !== undefined;

export function failedList(model: ScreenModel): List {
  const choices = failedOf(model).map(({ id, room, text, problem }) =>
    choice(text, `${placeName(model.chat, room)}: ${problem ?? ""}`, room, { id }),
  );
  return list("failed", "could not be sent: Enter sends again", choices);
}

/** A list that waits for its answer, where one was asked for. */
export function withWaiting(model: ScreenModel, effects: readonly Effect[]): ScreenModel {
  const asked = effects.findLast(({ type }) => purposeOf(type) !== null);
  const purpose = purposeOf(asked?.type);
  if (asked === undefined || purpose === null) return model;
  const title = asked.type === "search" ? `looking for ${asked.query}` : directoryTitle;
  const lastSearch = asked.type === "search" ? asked : model.lastSearch;
  return { ...model, lastSearch, overlay: { ...list(purpose, title, []), isWaiting: true } };
}

const purposeOf = (type?: Effect["type"]): "found" | "directory" | null =>
  type === "search" ? "found" : type === "rooms" ? "directory" : null;

/** The answer in its place; the person who closed that does not want it any more. */
export function withAnswer(model: ScreenModel, answer: List): ScreenModel {
  const { overlay } = model;
  if (overlay?.kind !== "list" || overlay.purpose !== answer.purpose) return model;
  return { ...model, overlay: { ...answer, filter: overlay.filter } };
}

/** The same for what was found; a further page only behind that of the same search. */
export function withFound(model: ScreenModel, found: Found): ScreenModel {
  const page = foundList(model, found);
  const { overlay } = model;
  if (found.asked === undefined || !isFurther(found.asked)) return withAnswer(model, page);
  const isShown =
    overlay?.kind === "list" && overlay.isWaiting && isSame(overlay.older, found.asked);
  return isShown ? { ...model, overlay: continued(overlay, page) } : model;
}

const isSame = (one: Search | null | undefined, other: Search): boolean =>
  one?.query === other.query && one.room === other.room && one.cursor === other.cursor;

/** There will be no answer. */
export function withoutWaiting(model: ScreenModel, effect: Effect): ScreenModel {
  const { overlay } = model;
  const { type } = effect;
  if (effect.type === "search" && isFurther(effect)) {
    const isAsked = overlay?.kind === "list" && isSame(overlay.older, effect);
    return isAsked ? { ...model, overlay: { ...overlay, isWaiting: false } } : model;
  }
  const isOver =
    overlay?.kind === "list" && overlay.isWaiting && overlay.purpose === purposeOf(type);
  return isOver ? { ...model, overlay: null } : model;
}
