// When an event is worth calling the person for. Pure; how they are called is the client's.

import { directParticipants } from "@maru/protocol/chat";
import { type ChatClientEvent, roomKey } from "@maru/sdk/chat";
import { isIgnored } from "../model/ignoring.ts";
import { isMeant } from "../model/is-meant.ts";
import type { Model } from "../model/model.ts";
import { type Levels, levelOf } from "../model/notify-level.ts";
import { judge, type NotifyState } from "./judge.ts";

/** The person is to be called: why, and who said what where. */
export interface CallWish {
  readonly type: "call";
  readonly room: string;
  readonly from: string;
  readonly text: string;
  readonly isMention: boolean;
}

/** The chat, and what is known of the person who is in it. */
export interface Attended extends Levels {
  readonly chat: Model;
  readonly isFocused: NotifyState["isFocused"];
  readonly doNotDisturb: boolean;
  /** When they last pressed a key or clicked, milliseconds since 1970. */
  readonly keyAtMs: number;
  readonly settings: Levels["settings"] & { readonly notifyWhen: NotifyState["when"] };
}

/** What was heard before is not called out again: `before` is the chat without the event. */
export function callsOf(
  before: Model,
  after: Attended,
  event: ChatClientEvent,
): readonly CallWish[] {
  if (event.type !== "message" || event.redacted === true) return [];
  const { room, from, text, seq } = event;
  const key = roomKey(room);
  if (seq <= (before.rooms.get(key)?.shown ?? 0)) return [];
  const { chat, isFocused, doNotDisturb, keyAtMs, settings } = after;
  const isMention = isMeant(chat, event);
  const message = {
    level: levelOf(after, key),
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
