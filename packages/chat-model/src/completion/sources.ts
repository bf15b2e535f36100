// What the word before the caret may become in this room: people, rooms, commands, emoji. Pure.

import { roomKey } from "@maru/sdk/chat";
import { emojiNames } from "@maru/tui/text";
import { commandNames } from "../command/help.ts";
import { isIgnored } from "../model/ignoring.ts";
import { currentRoom, type Model } from "../model/model.ts";
import { dateWords } from "../time/parse-date.ts";
import { likelyNicks } from "./likely-nicks.ts";
import { type Known, lookupsOf } from "./nick-lookup.ts";

export interface Sources {
  /** Who spoke most recently first. */
  readonly nicks: readonly string[];
  readonly rooms: readonly string[];
  /** Without the slash. */
  readonly commands: readonly string[];
  readonly emoji: typeof emojiNames;
  /** Where nothing but an emoji is wanted: its name needs no colon. */
  readonly isEmojiOnly?: boolean;
  /** What else may stand there, as it is. */
  readonly words?: readonly string[];
}

/** `text`: all that is typed. */
export function sourcesOf(model: Known, text: string): Sources {
  const { chat } = model;
  const room = currentRoom(chat);
  const rooms = [...chat.rooms.values()].map(({ name }) => name);
  const here = room === null ? [] : likelyNicks(chat, room, lookupsOf(model, chat.current));
  const [, command = null] = /^\/(?!\/)(\S+)\s/.exec(text) ?? [];
  const sources = {
    nicks: command === null ? here : [...here, ...nicksElsewhere(chat)],
    rooms: rooms.filter((name) => !name.startsWith("@")),
    commands: commandNames,
    emoji: emojiNames,
  };
  return command === null ? sources : { ...sources, ...argumentsOf(chat, command.toLowerCase()) };
}

/** A command may be about any person: who is in the other rooms, and with whom one talks alone. */
function nicksElsewhere(chat: Model): readonly string[] {
  const me = chat.meKey;
  const others = [...chat.rooms.values()].flatMap(({ members }) => members ?? []);
  return others.filter((nick) => roomKey(nick) !== me && !isIgnored(chat, nick));
}

/** What may follow a command that is about no person and no room. */
function argumentsOf(chat: Model, command: string): Partial<Sources> {
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

/** The same where one thing alone is asked: what to look for, a date, an emoji to react with. */
export function askSourcesOf(model: Known, purpose: "find" | "date" | "react"): Sources {
  const sources = sourcesOf(model, "");
  switch (purpose) {
    case "react":
      return { ...sources, nicks: [], rooms: [], commands: [], isEmojiOnly: true };
    case "date":
      return { ...sources, nicks: [], rooms: [], commands: [], emoji: [], words: dateWords };
    case "find":
      return { ...sources, commands: [], words: sources.nicks };
  }
}
