// The question whether a large paste is meant, in a box, with how it begins. Pure.

import type { PasteQuestion } from "../editor/paste.ts";
import type { Row, Size } from "../frame/frame.ts";
import { cutRow, span } from "../frame/row.ts";
import { chordLabel } from "../key/chord.ts";
import { sanitizeScreenLine } from "../text/sanitize.ts";
import { wrap } from "../text/wrap.ts";
import type { BoxContent } from "./box.ts";
import type { WidgetSymbols } from "./symbols.ts";

/** Puts the paste in as one line. No letter: the person who types on must not decide by that. */
export const joinChord = "ctrl-j";
/** Lines that are shown, and UTF-16 units of each that are looked at. */
const linesShown = 8;
const unitsShown = 400;

export function pasteContent(
  paste: PasteQuestion,
  size: Size,
  { ellipsis, dot }: WidgetSymbols,
  isAscii: boolean,
): BoxContent {
  const { width, height } = size;
  const lines = paste.lines === 1 ? "1 line" : `${paste.lines} lines`;
  const question = `Paste ${lines} (${sizeText(paste.bytes)})?${cutText(paste)}`;
  const join = chordLabel(joinChord, isAscii);
  const keys = `Enter: into the input ${dot} ${join}: as one line ${dot} Esc: no`;
  const room = roomText(paste);
  const asked = [
    ...wrap(question, width).map((row): Row => [span(row.text, "strong")]),
    ...(room === "" ? [] : wrap(room, width).map((row): Row => [span(row.text, "error")])),
    ...wrap(keys, width).map((row): Row => [span(row.text, "accent")]),
  ];
  const free = Math.max(0, Math.min(linesShown, height - asked.length - 1));
  const first = firstLines(paste.text, free);
  const shown = first.map((line): Row => cutRow([span(line, "faint")], width, ellipsis));
  const rows = free === 0 ? asked : [...asked, [], ...shown];
  return {
    title: "paste",
    hint: "other keys do nothing here",
    rows: rows.slice(0, height),
    caret: null,
  };
}

function cutText({ bytesOver, isCut }: PasteQuestion): string {
  if (bytesOver > 0) return ` It is cut: ${sizeText(bytesOver)} more were not taken.`;
  return isCut ? " It is cut: its end did not come." : "";
}

/** What of it there is no room for; empty where there is. */
function roomText({ characters, fitting }: PasteQuestion): string {
  if (fitting >= characters) return "";
  const [some, all] = [fitting.toLocaleString("en"), characters.toLocaleString("en")];
  const rest = (characters - fitting).toLocaleString("en");
  return `Only ${some} of its ${all} characters fit into the input: the last ${rest} would be left out.`;
}

/** The first lines, of which each is long enough for any screen. */
function firstLines(text: string, count: number): string[] {
  const start = text.slice(0, count * unitsShown);
  const lines = start.split("\n").slice(0, count);
  return lines.map((line) => sanitizeScreenLine(line.slice(0, unitsShown)));
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
