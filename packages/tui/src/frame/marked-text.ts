// A text that a person wrote as styled pieces: addresses and `code` stand out, the rest is plain.
// And pieces cut into rows. Everything remote becomes harmless here. Pure; linear in the text.

import { linksOf } from "../text/links.ts";
import { sanitizeScreen } from "../text/sanitize.ts";
import { wrap } from "../text/wrap.ts";
import type { Role, Row, Span } from "./frame.ts";

/** UTF-16 units of a text that are laid out; the rest is cut. */
export const shownUnitsMax = 16_384;
/** Rows of one text: more are newlines and little else. */
export const shownRowsMax = 1000;

const code = /`[^`\n]+`/g;

/** A text of any number of lines, harmless, without tabs and without newlines at its end. */
export function shownText(text: string): string {
  const cut = text.length > shownUnitsMax ? `${text.slice(0, shownUnitsMax)}…` : text;
  const harmless = sanitizeScreen(cut);
  let end = harmless.length;
  while (end > 0 && harmless[end - 1] === "\n") end -= 1;
  return harmless.slice(0, end);
}

/** The pieces of a text, plain ones in `role`; they may contain newlines until they are wrapped. */
export function markedSpans(text: string, role: Role): Span[] {
  const shown = shownText(text);
  const marks = [...shown.matchAll(code)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    span: { role: "code" as Role },
  }));
  const links = linksOf(shown)
    .filter(({ start, end }) => !marks.some((mark) => mark.start < end && start < mark.end))
    .map(({ start, end, address }) => ({
      start,
      end,
      span: { role: "link" as Role, link: address },
    }));
  const spans: Span[] = [];
  let at = 0;
  for (const { start, end, span } of [...marks, ...links].sort((a, b) => a.start - b.start)) {
    if (start > at) spans.push({ text: shown.slice(at, start), role });
    spans.push({ text: shown.slice(start, end), ...span });
    at = end;
  }
  if (at < shown.length || spans.length === 0) spans.push({ text: shown.slice(at), role });
  return spans;
}

/** Pieces cut into rows of at most `width` cells. */
export function wrapSpans(spans: readonly Span[], width: number): Row[] {
  const text = spans.map((span) => span.text).join("");
  const wrapped = wrap(text, Math.max(1, width));
  const rows: Row[] = [];
  let index = 0;
  let before = 0;
  for (const { start, end } of wrapped) {
    if (rows.length >= shownRowsMax) {
      rows.push([{ text: `(${wrapped.length - rows.length} rows more)`, role: "faint" }]);
      break;
    }
    const row: Span[] = [];
    for (; index < spans.length; index += 1) {
      const span = spans[index];
      if (span === undefined) break;
      const from = Math.max(start, before);
      const to = Math.min(end, before + span.text.length);
      if (to > from) row.push({ ...span, text: text.slice(from, to) });
      if (before + span.text.length > end) break;
      before += span.text.length;
    }
    rows.push(row);
  }
  return rows;
}
