// What the word before the caret may become in this room: people, rooms, commands, emoji. Pure.

import { commandNames } from "@maru/chat-model/command";
import { currentRoom, isIgnored, type Model } from "@maru/chat-model/model";
import { dateWords } from "@maru/chat-model/time";
import { roomKey } from "@maru/sdk";
import type { CompletionSources } from "@maru/tui/editor";
import { emptyEditor } from "@maru/tui/editor";
import { emojiNames } from "@maru/tui/text";
import type { NickLookup, Overlay, ScreenModel } from "../model/screen-model.ts";
import { likelyNicks } from "./likely-nicks.ts";

/** How long it counts who was found in a large room, in milliseconds: people come and go. */
export const lookupMs = 60_000;

/** What is known still of who is in the room of this key. */
export function lookupsOf({ chat, lookups }: ScreenModel, key: string): readonly NickLookup[] {
  return lookups.filter(({ room, atMs }) => room === key && chat.nowMs - atMs < lookupMs);
}

export function sourcesOf(model: ScreenModel): CompletionSources {
  const { chat, editor } = model;
  const room = currentRoom(chat);
  const rooms = [...chat.rooms.values()].map(({ name }) => name);
  const here = room === null ? [] : likelyNicks(chat, room, lookupsOf(model, chat.current ?? ""));
  const [, command = null] = /^\/(?!\/)(\S+)\s/.exec(editor.text) ?? [];
  const sources = {
    nicks: command === null ? here : [...here, ...nicksElsewhere(chat)],
    rooms: rooms.filter((name) => !name.startsWith("@")),
    commands: commandNames,
    emoji: emojiNames,
  };
  return command === null ? sources : { ...sources, ...argumentsOf(chat, command.toLowerCase()) };
}

/** A command may be about anybody: who is in the other rooms, and with whom one talks alone. */
function nicksElsewhere(chat: Model): readonly string[] {
  const me = chat.meKey;
  const others = [...chat.rooms.values()].flatMap(({ members }) => members ?? []);
  return others.filter((nick) => roomKey(nick) !== me && !isIgnored(chat, nick));
}

/** What may follow a command that is about no person and no room. */
function argumentsOf(chat: Model, command: string): Partial<CompletionSources> {
  switch (command) {
    case "unignore":
      return { words: [...chat.ignored] };
    case "notify":
      return { words: ["all", "mentions", "none"] };
    case "dnd":
    case "mouse":
      return { words: ["on", "off"] };
    case "goto":
      return { words: dateWords };
    case "help":
      return { words: commandNames };
    case "react":
    case "unreact":
      return { isEmojiOnly: true };
    default:
      return {};
  }
}

/** The same for the line of a box, by what is asked there. */
export function askSourcesOf(
  model: ScreenModel,
  purpose: Extract<Overlay, { kind: "ask" }>["purpose"],
): CompletionSources {
  // Whatever stands in the line below is another matter.
  const sources = sourcesOf({ ...model, editor: emptyEditor });
  switch (purpose) {
    case "react":
      return { ...sources, nicks: [], rooms: [], commands: [], isEmojiOnly: true };
    case "date":
      return { ...sources, nicks: [], rooms: [], commands: [], emoji: [], words: dateWords };
    case "find":
      return { ...sources, commands: [], words: sources.nicks };
  }
}
