// A question with a line to answer it, on top of the conversation. Pure.

import { placeName } from "@maru/chat-model/model";
import { oneLine, type Row, type Size, span } from "@maru/tui/frame";
import { sanitizeScreenLine, wrap } from "@maru/tui/text";
import { type BoxContent, candidatesRow } from "@maru/tui/widget";
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

/** What Tab goes through; nothing where there is no choice. */
function candidates({ settings }: ScreenModel, { completion }: Ask, width: number): Row[] {
  if (completion === null || completion.candidates.length < 2) return [];
  return [candidatesRow(completion, width, symbolsOf(settings.isAscii))];
}

export function askContent(model: ScreenModel, ask: Ask, size: Size): BoxContent {
  const { width, height } = size;
  const { title, how } = questions[ask.purpose];
  const room = roomShown(model);
  const place = room === null ? "all rooms" : placeName(model.chat, room.name);
  const prompt = width > 2 ? "> " : "";
  const { text, column } = oneLine(ask.editor, width - prompt.length);
  const line = [span(prompt, "accent"), span(text)];
  const [role, below] =
    ask.problem === null
      ? (["faint", againText(model, ask) ?? how] as const)
      : (["error", ask.problem] as const);
  const notes = wrap(sanitizeScreenLine(below), width).map((row): Row => [span(row.text, role)]);
  return {
    title: ask.purpose === "find" ? `${title} ${place}` : title,
    hint: keyHint(model, "escape", "closes"),
    rows: [line, ...candidates(model, ask, width), ...notes].slice(0, height),
    caret: { x: Math.min(prompt.length + column, width - 1), y: 0 },
  };
}
