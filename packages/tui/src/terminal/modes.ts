// What the client switches on in a terminal and off again, and what it says there besides frames:
// bell, notification, title. Makes strings; writes nothing.
// Sent without asking: a terminal that does not know one of these ignores it. What is asked is in
// width-question.ts.

import { cutToWidth } from "../text/cell-width.ts";
import { sanitizeLine } from "../text/sanitize.ts";

const esc = "\x1b";

/** Takes the terminal: title kept, alternate screen, pastes, focus, graphemes, keys told apart. */
export const enterModes = [
  `${esc}[22;0t`,
  `${esc}[?1049h`,
  `${esc}[H${esc}[2J`,
  `${esc}[?2004h`,
  `${esc}[?1004h`,
  `${esc}[?2027h`,
  // Kitty's keyboard: told apart (1), with the key of the base layout (4). Before it, xterm's way.
  `${esc}[>4;1m`,
  `${esc}[>5u`,
  // Terminals that know neither may have read a look out of it.
  `${esc}[0m`,
].join("");

export const mouseOn = `${esc}[?1000h${esc}[?1006h`;
export const mouseOff = `${esc}[?1006l${esc}[?1000l`;

/** Gives it back; right in whatever state it is, as far as one write can make it so. */
export const leaveModes = [
  `${esc}[?2026l`,
  mouseOff,
  `${esc}[<u`,
  `${esc}[>4;0m`,
  `${esc}[?2027l`,
  `${esc}[?1004l`,
  `${esc}[?2004l`,
  `${esc}[0m`,
  `${esc}[?1049l`,
  `${esc}[23;0t`,
  `${esc}[?25h`,
].join("");

export const bell = "\x07";

/** Cells of a window's title, and of a notification's text: what is longer is cut. */
const titleCellsMax = 120;
const noticeCellsMax = 240;

/** Nothing that ends the sequence, and nothing that turns the letters of a nick around. */
const control = /\p{Cc}+/gu;
const harmless = (text: string, cellsMax: number) =>
  cutToWidth(sanitizeLine(text.replace(control, " ")), cellsMax);

export function titleSequence(text: string): string {
  return `${esc}]2;${harmless(text, titleCellsMax)}${esc}\\`;
}

/** OSC 777: rxvt, foot, VTE. OSC 9: iTerm2, kitty. Some know both and would tell twice. */
export type NoticeWay = "osc-9" | "osc-777" | "both";

const knowNine = new Set(["iTerm.app", "WezTerm", "ghostty", "kitty"]);
const knowSeven = /^(rxvt|foot|vte)/;

/** By $TERM_PROGRAM and $TERM; a terminal that is not known is told both ways. */
export function noticeWayOf(program: string | undefined, term: string | undefined): NoticeWay {
  if (program !== undefined && knowNine.has(program)) return "osc-9";
  if (term === "xterm-kitty" || term === "xterm-ghostty") return "osc-9";
  return term !== undefined && knowSeven.test(term) ? "osc-777" : "both";
}

/** Semicolons would end the title; a number first would make OSC 9 a progress bar. */
export function noticeSequence(title: string, text: string, way: NoticeWay = "both"): string {
  const head = harmless(title, titleCellsMax).replaceAll(";", ",");
  const body = harmless(text, noticeCellsMax).replaceAll(";", ",");
  const whole = harmless(head === "" ? body : `${head}: ${body}`, noticeCellsMax);
  const nine = `${esc}]9;${/^\d/.test(whole) ? " " : ""}${whole}${esc}\\`;
  const seven = `${esc}]777;notify;${head};${body}${esc}\\`;
  return way === "both" ? seven + nine : way === "osc-9" ? nine : seven;
}

/** Base64 of the text: nothing in it can end the sequence. */
export function copySequence(text: string): string {
  return `${esc}]52;c;${Buffer.from(text.toWellFormed()).toString("base64")}${esc}\\`;
}
