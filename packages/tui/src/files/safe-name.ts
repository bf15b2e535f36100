// Any text as the name of a file or a directory, in letters that every file system takes; no two texts
// share one. Pure.

import { createHash } from "node:crypto";

/** Bytes of one name that every file system takes, with some left for an ending. */
const nameBytesMax = 200;
const hashDigits = 32;

/** Percent signs and hex for all but small ASCII letters, digits, `-`, `_`, and dots inside. */
export function safeName(text: string): string {
  const bytes = [...Buffer.from(text.toWellFormed())];
  const name = bytes.map((byte, at) => (isPlain(byte, at) ? String.fromCharCode(byte) : hex(byte)));
  const whole = name.join("");
  if (whole !== "" && whole.length <= nameBytesMax) return whole;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, hashDigits);
  return `${whole.slice(0, nameBytesMax - hashDigits - 1)}~${hash}`;
}

function isPlain(byte: number, at: number): boolean {
  const character = String.fromCharCode(byte);
  return /[a-z0-9_-]/.test(character) || (character === "." && at > 0);
}

function hex(byte: number): string {
  return `%${byte.toString(16).padStart(2, "0")}`;
}
