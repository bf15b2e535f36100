// What Tab makes of the word before the caret: a nick, a room, a command or an emoji. Pure.
// Owns which candidates there are and cycling through them; never knows who is where.

import type { NamedEmoji } from "../text/emoji-names.ts";
import { type Editor, replaced } from "./editor.ts";

export interface CompletionSources {
  /** Who spoke most recently first. */
  readonly nicks: readonly string[];
  /** With `#` or without. */
  readonly rooms: readonly string[];
  /** Without the slash. */
  readonly commands: readonly string[];
  readonly emoji: readonly NamedEmoji[];
  /** Where nothing but an emoji is wanted: its name needs no colon. */
  readonly isEmojiOnly?: boolean;
  /** What else may stand there, as it is. */
  readonly words?: readonly string[];
}

export interface Candidates {
  /** What is to be replaced: UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** What may stand there, the likeliest first; never empty. */
  readonly candidates: readonly string[];
}

/** A candidate stands in the text; from `start` to `end` is what was put in. */
export interface Completion extends Candidates {
  readonly index: number;
}

export interface Completed {
  readonly editor: Editor;
  readonly completion: Completion;
}

/** UTF-16 units of a word that is completed; longer ones are no names. */
const wordUnitsMax = 128;
export const candidatesMax = 100;

/** What may stand before a name without being of it. */
const opening = /^[("'[{<]+/;

/** Decomposed, so that a syllable begun (`하`) is a prefix of the whole one (`한`). */
const folded = (text: string) => text.normalize("NFD").toLowerCase().normalize("NFD");

function matching(names: readonly string[], prefix: string): string[] {
  const wanted = folded(prefix);
  const found = new Set<string>();
  for (const name of names) {
    if (found.size === candidatesMax) break;
    if (folded(name).startsWith(wanted)) found.add(name);
  }
  return [...found];
}

/** Where the word that ends at `caret` begins. */
function wordStart(text: string, caret: number): number {
  let start = caret;
  while (start > 0 && !/\s/.test(text[start - 1] ?? "")) start -= 1;
  return start;
}

/** The candidates for the word before `caret`; null: there are none. */
export function completionAt(
  text: string,
  caret: number,
  sources: CompletionSources,
): Candidates | null {
  const first = wordStart(text, caret);
  if (caret === first || caret - first > wordUnitsMax) return null;
  const whole = text.slice(first, caret);
  const start = first + (opening.exec(whole)?.[0].length ?? 0);
  const found = namesFor(text, start, text.slice(start, caret), sources);
  if (found.length === 0) return null;
  const isSpaced = text[caret] === " ";
  const candidates = isSpaced ? found.map((name) => name.replace(/ $/, "")) : found;
  return { start, end: caret, candidates };
}

/** The beginning of a nick before `caret`, without its sign; null: no nick can stand there. */
export function nickPrefixAt(text: string, caret: number): string | null {
  const first = wordStart(text, caret);
  if (caret === first || caret - first > wordUnitsMax) return null;
  const word = text.slice(first, caret).replace(opening, "");
  if (word.startsWith("@")) return word.slice(1);
  return word === "" || /^[/#:]/.test(word) ? null : word;
}

/** Whether `name` would complete `prefix`. */
export const completes = (name: string, prefix: string): boolean =>
  folded(name).startsWith(folded(prefix));

const bare = (rooms: readonly string[]) => rooms.map((room) => room.replace(/^#/, ""));

function namesFor(text: string, start: number, word: string, sources: CompletionSources): string[] {
  const sign = word[0];
  const name = word.slice(1);
  if (sign === "/") {
    return start === 0 ? matching(sources.commands, name).map((found) => `/${found} `) : [];
  }
  if (sign === "@") return matching(sources.nicks, name).map((found) => `@${found} `);
  if (sign === "#") return matching(bare(sources.rooms), name).map((found) => `#${found} `);
  if (sign === ":") return name === "" ? [] : emojiFor(sources.emoji, name);
  if (word === "") return [];
  if (sources.isEmojiOnly === true) return emojiFor(sources.emoji, word);
  if (sources.words !== undefined) return matching(sources.words, word);
  const nicks = matching(sources.nicks, word);
  if (isCommand(text)) {
    const rooms = matching(bare(sources.rooms), word);
    return [...new Set([...nicks, ...rooms])].map((found) => `${found} `);
  }
  const isLineStart = start === 0 || text[start - 1] === "\n";
  return nicks.map((nick) => (isLineStart ? `${nick}: ` : `${nick} `));
}

const isCommand = (text: string) => text.startsWith("/") && !text.startsWith("//");

/** Emoji whose name begins so; the one that is named exactly so first. */
function emojiFor(table: readonly NamedEmoji[], prefix: string): string[] {
  const wanted = prefix.replace(/:$/, "").toLowerCase();
  // The shorter the name, the likelier it is what was begun.
  const found = table
    .filter(({ name }) => name.startsWith(wanted))
    .sort((one, other) => one.name.length - other.name.length);
  const exact = found.filter(({ name }) => name === wanted);
  if (prefix.endsWith(":")) return exact.map(({ emoji }) => emoji);
  return [...new Set([...exact, ...found].map(({ emoji }) => emoji))].slice(0, candidatesMax);
}

/** Puts in the first candidate for the word before the caret, or with step -1 the last one. */
export function beginCompletion(
  editor: Editor,
  sources: CompletionSources,
  step: 1 | -1 = 1,
): Completed | null {
  const found = completionAt(editor.text, editor.caret, sources);
  if (found === null) return null;
  const index = step === 1 ? 0 : found.candidates.length - 1;
  return putIn(editor, { ...found, index });
}

export function nextCompletion(editor: Editor, completion: Completion): Completed {
  return stepped(editor, completion, 1);
}

export function previousCompletion(editor: Editor, completion: Completion): Completed {
  return stepped(editor, completion, -1);
}

/** The next candidate in place of the one put in; all of them are undone as one. */
function stepped(editor: Editor, completion: Completion, step: 1 | -1): Completed {
  const count = completion.candidates.length;
  const { start, end } = completion;
  const stands = editor.text.slice(start, end) === completion.candidates[completion.index];
  if (count < 2 || !stands || editor.caret !== end) return { editor, completion };
  const index = (completion.index + step + count) % count;
  const next = putIn(editor, { ...completion, index });
  return { ...next, editor: { ...next.editor, undone: editor.undone } };
}

function putIn(editor: Editor, completion: Completion): Completed {
  const { start, end, candidates, index } = completion;
  const put = replaced(editor, start, end, candidates[index] ?? "", { type: "none" });
  // Half a name belongs to no person.
  if (put.refused > 0 && put.text !== editor.text) {
    return { editor: { ...editor, refused: put.refused }, completion };
  }
  return { editor: put, completion: { ...completion, end: put.caret } };
}
