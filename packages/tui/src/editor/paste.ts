// What is pasted: whether to ask first, and what of it may enter the editor. Pure.

import { typedText } from "./typed-text.ts";

/** UTF-16 units of a paste that waits to be put in: more than the line holds, for joining its lines. */
export const pasteUnitsMax = 1_048_576;
/** Lines that are put in without a question; more could be a slip of the hand. */
export const pasteLinesMax = 5;
/** Bytes of UTF-8 that are put in without a question. */
export const pasteBytesMax = 2048;

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
