// A scripted screen, for the tests of views: rooms with something new, Korean, emoji, who is writing.
// For tests only. Times are local, so that the same clock is drawn everywhere.

import { bindingsOf } from "../../key/bindings.ts";
import { createModel, type Model, withCurrent, withRoom } from "../../model/model.ts";
import { emptyTimeline, type Item, type Timeline } from "../../model/timeline.ts";
import type { Frame } from "../../screen/frame.ts";
import { createScreenModel, type Pending, type ScreenModel } from "../../screen/screen-model.ts";
import type { ScreenSettings } from "../../screen/screen-settings.ts";

export const sampleSettings: ScreenSettings = {
  isAscii: false,
  hours: 24,
  enter: "send",
  scrollback: 1000,
  roomsPane: "auto",
  membersPane: "auto",
  showPresence: "all",
  tellsTyping: true,
  notifyLevel: "all",
  notifyWhen: "unfocused",
  hasMouse: false,
};

/** Five past nine in the morning, wherever the test runs. */
export const sampleMs = new Date(2026, 10, 23, 9, 5).getTime();

export function sampleMessage(seq: number, from: string, text: string): Item {
  const at = sampleMs - 60_000 * (20 - seq);
  return {
    kind: "message",
    key: seq,
    message: { type: "message", room: "ops", seq, at, from, text },
  };
}

export function sampleTimeline(items: readonly Item[]): Timeline {
  return { ...emptyTimeline, chunks: items.length === 0 ? [] : [items], count: items.length };
}

function sampleChat(): Model {
  const online = { phase: "online", nick: "mina", sinceMs: 0 } as const;
  const said = [
    sampleMessage(1, "bob", "good morning"),
    sampleMessage(2, "지호", "안녕하세요 👋"),
    sampleMessage(3, "mina", "the build is green"),
  ];
  let chat: Model = { ...createModel("mina", online), nowMs: sampleMs };
  chat = withRoom(chat, "lobby", { unread: 2, memberCount: 40 });
  chat = withRoom(chat, "ops", {
    topic: "배포와 장애 대응 🚢",
    memberCount: 4,
    members: ["mina", "Bob", "지호", "ann"],
    typing: [{ nick: "bob", untilMs: sampleMs + 3000 }],
    head: 3,
    shown: 3,
    read: 3,
    timeline: sampleTimeline(said),
  });
  chat = withRoom(chat, "@bob+mina", { unread: 1, mentions: 1 });
  chat = withRoom(chat, "잡담방", { hasNews: true });
  return withCurrent(chat, "ops");
}

export function samplePending(id: number, problem: string | null): Pending {
  const said = { room: "ops", text: "hello", isAction: false, replyTo: null, sinceMs: sampleMs };
  return { id, ...said, problem };
}

export function sampleScreen(
  width: number,
  height: number,
  fields: Partial<ScreenModel> = {},
): ScreenModel {
  const { bindings } = bindingsOf();
  const size = { width, height };
  const model = createScreenModel(sampleChat(), { size, settings: sampleSettings, bindings });
  return { ...model, ...fields };
}

export function inAscii(model: ScreenModel): ScreenModel {
  return { ...model, settings: { ...model.settings, isAscii: true } };
}

/** The rows of a frame as text, without the blanks at their ends. */
export function frameRows({ rows }: Pick<Frame, "rows">): string[] {
  return rows.map((row) =>
    row
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );
}
