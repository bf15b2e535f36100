// Who is named in a text: `@nick`, or `nick:` at its very beginning. Pure; the log counts by it, and
// clients mark by it. What it never does: ask whether anybody has the name.

import { withoutEndings } from "./name-endings.ts";
import { type NameKey, nameGraphemesMax, parseNick } from "./names.ts";

/** Keys of one text that count; of a line that names more people the first are called. */
export const mentionsMax = 16;
/** What judging any name costs, in units of its length; each takes about 0.15 µs, and 1 µs at first. */
const nameUnits = 8;
/** Units of a name that is long already. */
const longNameUnits = nameGraphemesMax / 2;
/**
 * UTF-16 units of the names of one text that are judged, in the order in which they count: what is no
 * nick takes time to judge, too. Enough for as many long names as count, and half as many of the longest.
 */
export const unitsJudgedMax = mentionsMax * (longNameUnits + nameUnits);

/**
 * A name behind an @, or what is passed over: an address of the web to its end, and code between
 * backticks. Not behind a letter: `a@b.kr` is an address. Each character is read a bounded number
 * of times, whatever the text.
 */
const atName =
  /:\/\/\S*|```[\s\S]*?```|`[^`\n]+`|(?<![\p{L}\p{M}\p{N}._-])@([\p{L}\p{M}\p{N}._-]{1,64})/gu;
/** With a letter in it: `12: 30` is a time, and `3, 4` are numbers. */
const addressed = /^(?=[\p{M}\p{N}._-]*\p{L})([\p{L}\p{M}\p{N}._-]{1,64})[:,](?=\s|$)/u;
/** A name at the end of a sentence is still that name. */
const trailing = /[._-]+$/u;

/**
 * The keys of the nicks that `text` names, each once, at most `mentionsMax`. What counts:
 *
 * - `@nick` anywhere, as written and without the full stop (`.`, `-`, `_`) behind it;
 * - `nick:` or `nick,` at the very beginning, then white space or the end: so people have called
 *   each other in chat for decades, and so clients complete a name there. As written, no ending
 *   taken off; a name without a letter is a number;
 * - `@nick` with a Korean ending, which is written without a space: `@mina님`, `@준호한테`. Whether
 *   the ending is the name's own can't be known without asking who is there, so both names count.
 *
 * Names as written behind an @ come first, so that no guess at an ending takes their place, and the
 * others behind them. Nothing in a web address or between backticks counts, nor what stands behind
 * more names than a line can call (`unitsJudgedMax`).
 *
 * The log keeps one row for each key. `word:` or `word,` at the beginning of a text costs one row,
 * even if no account has that name; no text costs more than `mentionsMax`.
 */
export function mentionsOf(text: string): readonly NameKey[] {
  const [, first = ""] = addressed.exec(text) ?? [];
  const isCalling = first !== "" || text.includes("@");
  return isCalling ? keysIn(text, first) : none;
}

const none: readonly NameKey[] = [];

/** `first`: the name that the text begins with, if it is addressed to a person. */
function keysIn(text: string, first: string): readonly NameKey[] {
  const keys = new Set<NameKey>();
  let unitsLeft = unitsJudgedMax;
  const note = (name: string) => {
    if (keys.size >= mentionsMax || unitsLeft <= 0) return;
    unitsLeft -= nameUnits + name.length;
    const nick = parseNick(name);
    if (nick.ok) keys.add(nick.key);
  };
  const written = text.includes("@") ? namesBehindAt(text) : [];
  for (const name of written) note(name);
  if (first !== "") note(first);
  for (const name of written) {
    if (unitsLeft <= 0) break;
    for (const bare of withoutEndings(name)) note(bare);
  }
  return [...keys];
}

/** In order, as many as are judged; a name that ends like a sentence stands twice. */
function namesBehindAt(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  let units = 0;
  for (const [, name = ""] of text.matchAll(atName)) {
    if (name === "") continue;
    if (units >= unitsJudgedMax) break;
    units += nameUnits + name.length;
    const composed = name.normalize("NFC");
    names.add(composed);
    names.add(composed.replace(trailing, ""));
  }
  return names;
}
