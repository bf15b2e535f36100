// What is pasted: whether to ask first, and what of it may enter the editor. Pure.

import { type Editor, insert } from "./editor.ts";
import { characterCount, typedText } from "./typed-text.ts";

/** UTF-16 units of a paste that waits to be put in: more than the line holds, for joining its lines. */
export const pasteUnitsMax = 1_048_576;
/** Lines that are put in without a question; more could be a slip of the hand. */
export const pasteLinesMax = 5;
/** Bytes of UTF-8 that are put in without a question. */
export const pasteBytesMax = 2048;

/** A paste that waits until it is known whether it is meant. */
export interface PasteQuestion {
  readonly text: string;
  readonly lines: number;
  readonly bytes: number;
  /** Its characters, and how many of them the editor has room for. */
  readonly characters: number;
  readonly fitting: number;
  /** Its end did not come. */
  readonly isCut: boolean;
  /** Bytes that came and are not held: it is longer than any paste may be. */
  readonly bytesOver: number;
}

export interface PasteJudgement {
  readonly lines: number;
  readonly bytes: number;
  readonly kind: "insert" | "confirm";
}

/** How large a paste is. A newline at its very end makes no line of its own. */
export function judgePaste(text: string): PasteJudgement {
  const lines = typedText(text).replace(/\n$/, "").split("\n").length;
  const bytes = Buffer.byteLength(text);
  const isLarge = lines > pasteLinesMax || bytes > pasteBytesMax;
  return { lines, bytes, kind: isLarge ? "confirm" : "insert" };
}

/** The question whether `paste` is meant, with how much of it `editor` has room for. */
export function askAboutPaste(
  editor: Editor,
  paste: Pick<PasteQuestion, "text" | "isCut" | "bytesOver">,
): PasteQuestion {
  const text = cutTo(paste.text, pasteUnitsMax);
  const bytesOver = paste.bytesOver + Buffer.byteLength(paste.text.slice(text.length));
  const { lines, bytes } = judgePaste(text);
  const { refused } = insert({ ...editor, refused: 0 }, text);
  const characters = characterCount(text);
  const fitting = characters - refused;
  return { text, lines, bytes, characters, fitting, isCut: paste.isCut, bytesOver };
}

/** Never between the halves of a character. */
function cutTo(text: string, units: number): string {
  if (text.length <= units) return text;
  return text.slice(0, /[\ud800-\udbff]/.test(text[units - 1] ?? "") ? units - 1 : units);
}

/** The paste as an editor may hold it: `\n` between lines, spaces for tabs, nothing to obey, NFC. */
export function cleanPaste(text: string): string {
  return typedText(text);
}

/** The lines as one: a space for every break and what is blank around it. */
export function joinLines(text: string): string {
  const lines = typedText(text)
    .split("\n")
    .map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" ");
}
