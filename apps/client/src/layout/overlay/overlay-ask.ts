// What is asked on top of the conversation, and what may be answered. Pure.

import { placeName } from "@maru/chat-model/model";
import type { Size } from "@maru/tui/frame";
import { type BoxContent, questionContent } from "@maru/tui/widget";
import { type Overlay, roomShown, type ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";
import { symbolsOf } from "../symbols.ts";

type Ask = Extract<Overlay, { kind: "ask" }>;

const questions: Readonly<Record<Ask["purpose"], { title: string; how: string }>> = {
  find: { title: "find in", how: 'words, "a phrase", begin*' },
  date: { title: "go to date", how: "2026-11-23, 11-23, monday, yesterday, 3d" },
  react: { title: "react with", how: "emoji or its name; Tab completes" },
};

/** What Enter does while nothing is typed. */
function againText({ chat, lastSearch }: ScreenModel, ask: Ask): string | null {
  if (ask.purpose !== "find" || lastSearch === null || ask.editor.text !== "") return null;
  const { query, room } = lastSearch;
  const place = room === null ? "all rooms" : placeName(chat, room);
  return `Enter finds ${query} in ${place} again`;
}

export function askContent(model: ScreenModel, ask: Ask, size: Size): BoxContent {
  const { title, how } = questions[ask.purpose];
  const { editor, completion, problem } = ask;
  const room = roomShown(model);
  const place = room === null ? "all rooms" : placeName(model.chat, room.name);
  const note = problem ?? againText(model, ask) ?? how;
  const noteRole = problem === null ? "faint" : "error";
  const question = { editor, completion, note, noteRole } as const;
  return {
    title: ask.purpose === "find" ? `${title} ${place}` : title,
    hint: keyHint(model, "escape", "closes"),
    ...questionContent(question, size, symbolsOf(model.settings.isAscii)),
  };
}
