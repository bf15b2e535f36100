// Lists to choose from: rooms to go to, rooms there are, messages that were found, sends that failed.
// Owns how they are narrowed down by what is typed. Pure.

import { roomKey } from "@maru/sdk";
import { emptyEditor } from "../editor/editor.ts";
import { placeName } from "../model/model.ts";
import type { Input } from "../model/step.ts";
import { dayTime } from "../text/clock-time.ts";
import { failedOf } from "./pending.ts";
import { roomOrder } from "./room-order.ts";
import type { Choice, Overlay, ScreenModel } from "./screen-model.ts";

export type List = Extract<Overlay, { kind: "list" }>;

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
  const order = roomOrder(chat);
  const recent = [...chat.past].reverse();
  const rank = (key: string): number => {
    const room = chat.rooms.get(key);
    if (room !== undefined && room.mentions > 0) return 0;
    if (room !== undefined && room.unread > 0) return 1;
    return recent.includes(key) ? 2 + recent.indexOf(key) / recent.length : 3;
  };
  const keys = order.filter((key) => key !== chat.current);
  const choices = keys
    .sort((one, other) => rank(one) - rank(other))
    .flatMap((key) => {
      const room = chat.rooms.get(key);
      if (room === undefined) return [];
      const unread = room.unread > 0 ? `${room.unread} unread` : room.topic;
      const isMarked = room.mentions > 0;
      return [choice(placeName(chat, room.name), unread, room.name, { isMarked })];
    });
  return list("switch", "go to", choices);
}

export function directoryList({ rooms }: Extract<Input, { type: "directory" }>): List {
  const choices = rooms.map(({ room, memberCount, topic }) =>
    choice(room, topic === "" ? `${memberCount}` : `${memberCount}  ${topic}`, room),
  );
  return list("directory", "rooms there are", choices);
}

/** What a search has found, the newest first. */
export function foundList(
  { chat }: ScreenModel,
  { query, messages, more, isBehind }: Extract<Input, { type: "found" }>,
): List {
  const choices = messages.toReversed().map(({ room, seq, from, text, at }) => {
    const place = roomKey(room) === chat.current ? "" : `  ${placeName(chat, room)}`;
    return choice(`${from}: ${text}`, `${dayTime(at)}${place}`, room, { seq });
  });
  const older = more ? ", and older ones" : "";
  const behind = isBehind ? "; the newest may be missing" : "";
  return list("found", `found for ${query}${older}${behind}`, choices);
}

export function failedList(model: ScreenModel): List {
  const choices = failedOf(model).map(({ id, room, text, problem }) =>
    choice(text, `${placeName(model.chat, room)}: ${problem ?? ""}`, room, { id }),
  );
  return list("failed", "could not be sent: Enter sends again", choices);
}

/** Those whose label or detail holds all words of the filter; in order, those that begin so first. */
export function choicesOf({ choices, filter }: List): readonly Choice[] {
  const words = folded(filter.text)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return choices;
  const fitting = choices.filter(({ label, detail }) => {
    const text = folded(`${label} ${detail}`);
    return words.every((word) => text.includes(word));
  });
  const [first = ""] = words;
  const begins = ({ label }: Choice) => folded(label).replace(/^[#@]/, "").startsWith(first);
  return [...fitting.filter(begins), ...fitting.filter((each) => !begins(each))];
}

const folded = (text: string): string => text.normalize("NFKC").toLowerCase();
