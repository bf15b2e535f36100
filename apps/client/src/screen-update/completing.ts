// Tab: what the word before the caret may become in this room. Pure.

import { roomKey } from "@maru/sdk";
import { commandNames } from "../command/help.ts";
import {
  beginCompletion,
  type CompletionSources,
  nextCompletion,
  previousCompletion,
} from "../editor/completion.ts";
import { emojiNames } from "../editor/emoji-names.ts";
import { currentRoom } from "../model/model.ts";
import { itemsOf } from "../model/timeline.ts";
import type { ScreenModel } from "../screen/screen-model.ts";
import { type ScreenStep, stay } from "../screen/screen-step.ts";

/** Messages that are looked at for who spoke last. */
const speakersLookedAt = 500;

export function completed(model: ScreenModel, step: 1 | -1): ScreenStep {
  const { editor, completion } = model;
  if (completion === null) {
    const begun = beginCompletion(editor, sourcesOf(model), step);
    return stay(begun === null ? model : { ...model, ...begun });
  }
  const next = step === 1 ? nextCompletion : previousCompletion;
  return stay({ ...model, ...next(editor, completion) });
}

function sourcesOf({ chat }: ScreenModel): CompletionSources {
  const rooms = [...chat.rooms.values()].map(({ name }) => name);
  return {
    nicks: nicksOf(chat),
    rooms: rooms.filter((name) => !name.startsWith("@")),
    commands: commandNames,
    emoji: emojiNames,
  };
}

/** Who is here, whoever spoke most recently first. */
function nicksOf(chat: ScreenModel["chat"]): readonly string[] {
  const room = currentRoom(chat);
  if (room === null) return [];
  const nicks = new Map<string, string>();
  for (const item of itemsOf(room.timeline).slice(-speakersLookedAt).reverse()) {
    if (item.kind !== "message") continue;
    const key = roomKey(item.message.from);
    if (!nicks.has(key)) nicks.set(key, item.message.from);
  }
  for (const nick of room.members ?? [])
    if (!nicks.has(roomKey(nick))) nicks.set(roomKey(nick), nick);
  nicks.delete(roomKey(chat.me));
  return [...nicks.values()];
}
