// What the word before the caret may become in this room: people, rooms, commands, emoji. Pure.

import { commandNames } from "../command/help.ts";
import type { CompletionSources } from "../editor/completion.ts";
import { emojiNames } from "../editor/emoji-names.ts";
import { currentRoom } from "../model/model.ts";
import type { NickLookup, Overlay, ScreenModel } from "../screen/screen-model.ts";
import { likelyNicks } from "./likely-nicks.ts";
import { dateWords } from "./parse-date.ts";

/** How long it counts who was found in a large room, in milliseconds: people come and go. */
export const lookupMs = 60_000;

/** What is known still of who is in the room of this key. */
export function lookupsOf({ chat, lookups }: ScreenModel, key: string): readonly NickLookup[] {
  return lookups.filter(({ room, atMs }) => room === key && chat.nowMs - atMs < lookupMs);
}

export function sourcesOf(model: ScreenModel): CompletionSources {
  const { chat } = model;
  const room = currentRoom(chat);
  const rooms = [...chat.rooms.values()].map(({ name }) => name);
  return {
    nicks: room === null ? [] : likelyNicks(chat, room, lookupsOf(model, chat.current ?? "")),
    rooms: rooms.filter((name) => !name.startsWith("@")),
    commands: commandNames,
    emoji: emojiNames,
  };
}

/** The same for the line of a box, by what is asked there. */
export function askSourcesOf(
  model: ScreenModel,
  purpose: Extract<Overlay, { kind: "ask" }>["purpose"],
): CompletionSources {
  const sources = sourcesOf(model);
  switch (purpose) {
    case "react":
      return { ...sources, nicks: [], rooms: [], commands: [], isEmojiOnly: true };
    case "date":
      return { ...sources, nicks: [], rooms: [], commands: [], emoji: [], words: dateWords };
    case "find":
      return { ...sources, commands: [], words: sources.nicks };
  }
}
