// A frame as `inspect` shows it: for people, in lines of the terminal's width, or as one JSON object.
// Whatever a peer has sent is made harmless for terminals here. Pure.

import { writeFrameLength } from "@maru/protocol";
import { sanitize, sanitizeLine, wrap } from "@maru/tui/text";
import { type Exchanged, textOf } from "./exchange.ts";

/** Bytes of a payload that are shown in hexadecimal: beside its text, or where it is none. */
const headBytes = 8;
const foreignBytes = 64;
/** Rows of one payload; what is more is counted. */
export const rowsMax = 24;
/** Units of one payload that are looked at for so many rows. */
const unitsMax = 16_384;

const indent = "    ";
const headerBytes = 4;

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

/** The bytes before the payload, as they stand on the wire. */
function headerOf({ payload }: Exchanged): Uint8Array {
  const header = new Uint8Array(headerBytes);
  writeFrameLength(header, 0, payload.length);
  return header;
}

/** What is shown of a type or an id: peers may put anything there. */
const shown = (value: unknown): string =>
  typeof value === "string"
    ? sanitizeLine(value).slice(0, 64)
    : String(JSON.stringify(value)).slice(0, 64);

function meaningOf({ direction, message, answers }: Exchanged): string {
  if (message === null) return "no JSON object";
  const type = message.type === undefined ? "no type" : shown(message.type);
  if (answers !== null) {
    return `${type}, answers ${shown(answers.type)} (id ${answers.id}) after ${answers.ms.toFixed(1)} ms`;
  }
  if (message.re !== undefined)
    return `${type}, answers id ${shown(message.re)}, which was not asked`;
  if (message.id !== undefined) return `${type}, id ${shown(message.id)}`;
  return direction === "in" ? `${type}, an event` : `${type}, which asks for no reply`;
}

/** A frame in rows of at most `columns` cells, where that leaves room for more than the indent. */
export function frameRows(exchanged: Exchanged, columns: number): string {
  const { direction, ms, offset, payload, message } = exchanged;
  const arrow = direction === "out" ? "→" : "←";
  const time = `${(ms / 1_000).toFixed(3)} s`.padStart(10);
  const size = `${headerBytes} + ${payload.length} bytes at ${offset}`;
  const end = payload.length > headBytes ? " …" : "";
  const head = `${hexOf(headerOf(exchanged))} | ${hexOf(payload.subarray(0, headBytes))}${end}`;
  const lines = [`${arrow}${time}  ${meaningOf(exchanged)}`, `${indent}${size}: ${head}`];
  const text =
    message === null ? hexOf(payload.subarray(0, foreignBytes)) : sanitizeLine(textOf(payload));
  return `${[...lines, ...folded(text, columns)].join("\n")}\n`;
}

function folded(text: string, columns: number): string[] {
  const rows = wrap(text.slice(0, unitsMax), Math.max(columns - indent.length, indent.length));
  const kept = rows.slice(0, rowsMax);
  const lines = kept.map((row) => `${indent}${row.text}`);
  const left = text.length - (kept.at(-1)?.end ?? 0);
  return left > 0 ? [...lines, `${indent}… and ${left} characters more: --json has all`] : lines;
}

/** A frame as one line of JSON: whole, with its time in milliseconds since 1970. */
export function frameJson(exchanged: Exchanged, startMs: number): string {
  const { direction, ms, offset, payload, message, answers } = exchanged;
  return `${JSON.stringify({
    direction,
    at: Math.round(startMs + ms),
    ms: rounded(ms),
    offset,
    header: hexOf(headerOf(exchanged)),
    length: payload.length,
    ...(answers !== null && { answers: { ...answers, ms: rounded(answers.ms) } }),
    ...(message === null ? { hex: hexOf(payload.subarray(0, foreignBytes)) } : { message }),
  })}\n`;
}

const rounded = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/** For a terminal: no letter of it moves anything. */
export const harmless = (text: string): string => sanitize(text);
