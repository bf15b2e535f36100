// How far a room was read, where the person says so rather than reads. Pure.

import { roomKey } from "@maru/sdk/chat";
import { isIgnored } from "../model/ignoring.ts";
import { isMeant } from "../model/is-meant.ts";
import { type Model, withChanged } from "../model/model.ts";
import type { RoomModel } from "../model/room-model.ts";
import type { Effect } from "../model/step.ts";
import { itemsOf, lastSeq, type Message } from "../model/timeline.ts";

interface Marked {
  readonly chat: Model;
  readonly effect: Effect;
}

/** All of the room is read; null: there is nothing in it. */
export function markRead(chat: Model, room: RoomModel): Marked | null {
  if (room.head === 0) return null;
  const { head } = room;
  // What is on its way is read, too.
  const counted = Math.max(room.counted, head);
  const fields = { read: head, marked: head, counted, unread: 0, mentions: 0, hasNews: false };
  return {
    chat: withChanged(chat, room, { ...fields, divider: null }),
    effect: { type: "mark", room: room.name, seq: head, isAsked: false },
  };
}

/** Unread from this message on. */
export function markUnread(chat: Model, room: RoomModel, message: Message): Marked {
  const seq = message.seq - 1;
  const behind = itemsOf(room.timeline).flatMap((item) =>
    item.kind === "message" && item.key > seq && isCounted(chat, item.message)
      ? [item.message]
      : [],
  );
  const mentions = behind.filter((each) => isMeant(chat, each)).length;
  // A page may hold what is yet to come as an event: it is not counted twice.
  const counted = Math.max(room.counted, lastSeq(room.timeline));
  const counts = { unread: behind.length, mentions, counted };
  return {
    chat: withChanged(chat, room, { read: seq, marked: seq, divider: seq, ...counts }),
    effect: { type: "mark", room: room.name, seq, isAsked: false },
  };
}

const isCounted = (chat: Model, { from }: Message): boolean =>
  roomKey(from) !== chat.meKey && !isIgnored(chat, from);
