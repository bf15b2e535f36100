// A scripted conversation, for the tests of its rows: Korean, emoji, addresses, replies, reactions,
// edits, tables, people who come and go. For tests only. Times are local, like in sample-screen.ts.

import type { RoomModel } from "../../../model/model.ts";
import { withRoom } from "../../../model/model.ts";
import {
  emptyTimeline,
  type Item,
  type Message,
  type Timeline,
  withStretch,
} from "../../../model/timeline.ts";
import type { Row } from "../../../screen/frame.ts";
import type { ScreenModel } from "../../../screen/screen-model.ts";
import { sampleScreen } from "../sample-screen.ts";
import { conversationPane } from "./conversation-pane.ts";
import { type RowContext, rowContext } from "./row-context.ts";

/** Of 22 November 2026, a Sunday: minutes after nine in the morning. */
export const minute = (minutes: number) => new Date(2026, 10, 22, 9, minutes).getTime();

export function says(
  seq: number,
  from: string,
  text: string,
  at: number,
  fields: Partial<Message> = {},
): Item {
  const message: Message = { type: "message", room: "ops", seq, at, from, text, ...fields };
  return { kind: "message", key: seq, message };
}

export function presence(key: number, at: number, fields: Partial<Item> = {}): Item {
  const nobody = { joined: [], left: [], renamed: [] };
  return { kind: "presence", key, at, ...nobody, ...fields } as Item;
}

export function notice(key: number, at: number, text: string, isError = false): Item {
  return { kind: "notice", key, at, text, isError };
}

const longUrl =
  "https://example.org/wiki/%EC%84%9C%EC%9A%B8?from=chat&page=2&section=history#the-long-way-round";
const monday = (minutes: number) => new Date(2026, 10, 23, 8, minutes).getTime();

/** What is said by ann, bob, 지호 and oneself, who is mina. */
export const sampleItems: readonly Item[] = [
  says(1, "ann", "good morning, shall we deploy at ten?", minute(0)),
  says(2, "ann", "the build is green", minute(1), { edited: 9, asOf: 9 }),
  says(3, "지호", "네 좋아요 👍🏽 배포 전에 데이터베이스 백업을 먼저 확인해 주세요", minute(2), {
    replyTo: 1,
  }),
  presence(-1, minute(3), { joined: ["cat", "dan"], left: ["eve"] } as Partial<Item>),
  says(4, "bob", "waves", minute(4), { action: true }),
  says(5, "bob", `see ${longUrl}.`, minute(5), {
    reactions: [
      { emoji: "👍", count: 2, from: ["ann", "mina"] },
      { emoji: "🎉", count: 9, from: ["cat"] },
    ],
  }),
  says(6, "mina", "run `make ship`:\n\tone\n\ttwo", minute(6)),
  { kind: "topic", key: 7, at: minute(7), from: "ann", topic: "배포와 장애 대응 🚢" },
  notice(-2, minute(8), "COMMAND   WHAT\n/join     enters a room"),
  notice(-3, minute(8), "there is no command /foo", true),
  { kind: "gap", key: -4, at: minute(9) },
  says(8, "averyveryverylongnickname", "@mina look", monday(0)),
  says(10, "ann", "", monday(1), { redacted: true, replyTo: 3 }),
];

export function timelineOf(items: readonly Item[], ends: Partial<Timeline> = {}): Timeline {
  const stretch = withStretch(emptyTimeline, items, { hasOlder: false, hasNewer: false });
  return { ...stretch, ...ends };
}

/** A screen whose room "ops" holds these items. */
export function conversing(
  items: readonly Item[],
  fields: Partial<ScreenModel> = {},
  room: Partial<RoomModel> = {},
): ScreenModel {
  const model = sampleScreen(80, 24, fields);
  const chat = withRoom(model.chat, "ops", { timeline: timelineOf(items), divider: null, ...room });
  return { ...model, chat };
}

export function roomOf(model: ScreenModel): RoomModel {
  const room = model.chat.rooms.get("ops");
  if (room === undefined) throw new Error("the sample has a room");
  return room;
}

export function contextOf(model: ScreenModel, width: number): RowContext {
  return rowContext(model, roomOf(model), { width });
}

export function textOf(rows: readonly Row[]): string[] {
  return rows.map((row) =>
    row
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );
}

/** What is drawn of a conversation in an area, as text without the blank rows above. */
export function drawn(model: ScreenModel, width: number, height: number): string[] {
  const rows = textOf(conversationPane(model, { width, height }).rows);
  return rows.slice(rows.findIndex((row) => row !== ""));
}
