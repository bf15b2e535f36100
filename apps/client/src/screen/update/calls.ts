// When an event is worth calling the person for. Pure; how they are called is run/'s and notify/'s.

import type { NotifyLevel } from "@maru/chat-model/model";
import { isIgnored, isMeant } from "@maru/chat-model/model";
import { directParticipants } from "@maru/protocol/chat";
import { type ClientEvent, roomKey } from "@maru/sdk";
import { judge } from "../../notify/judge.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import type { ScreenEffect } from "../model/screen-step.ts";

/** What was heard before is not called out again: `before` is the model without the event. */
export function callsOf(
  before: ScreenModel,
  after: ScreenModel,
  event: ClientEvent,
): readonly ScreenEffect[] {
  if (event.type !== "message" || event.redacted === true) return [];
  const { room, from, text, seq } = event;
  const key = roomKey(room);
  if (seq <= (before.chat.rooms.get(key)?.shown ?? 0)) return [];
  const { chat, isFocused, doNotDisturb, keyAtMs, settings } = after;
  const isMention = isMeant(chat, event);
  const message = {
    level: levelOf(after, room),
    isDirect: directParticipants(key) !== null,
    isMention,
    isOwn: roomKey(from) === chat.meKey,
    isIgnored: isIgnored(chat, from),
    isRoomWatched: chat.isWatching && key === chat.current,
  };
  const idleMs = chat.nowMs - keyAtMs;
  const person = { isFocused, doNotDisturb, idleMs, when: settings.notifyWhen };
  return judge(message, person) ? [{ type: "call", room, from, text, isMention }] : [];
}

/** How much one wants to hear of a room. */
export function levelOf({ levels, settings }: ScreenModel, room: string): NotifyLevel {
  return levels.get(roomKey(room)) ?? settings.notifyLevel;
}
