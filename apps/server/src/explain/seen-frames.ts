// What the frames of one connection are, taken from copies of its bytes: never what becomes of them.
// Secrets are left out, and what could move a terminal is spelt out.

import { type Framing, lengthPrefixed, type PayloadDecoder } from "@maru/protocol";
import type { FrameSeen, Seen } from "./observation.ts";

type ReadSeen = Extract<Seen, { what: "read" }>;

/** Frames of one read that are told one by one, and bytes of each payload that are shown. */
const framesMax = 4;
const headBytes = 8;
const jsonUnitsMax = 240;
/** Messages of one write that are looked at: it may hold a thousand. */
const saidMax = 16;
/** More than any server takes (`--frame-bytes`): what is refused for its length is refused elsewhere. */
const payloadBytesMax = 1_048_576;

/** Keys of which the values let others be who they are not. */
const secrets: ReadonlySet<string> = new Set(["resume", "session"]);
/** Controls, formats that turn letters around, and line ends that JSON lets stand. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

const spelt = (text: string): string =>
  text.replace(unprintable, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

const decoder = new TextDecoder();

/** A payload as the JSON object that it is, or null. */
function objectOf(payload: Uint8Array): Record<string, unknown> | null {
  try {
    // A copy: it may lie in memory that is shared by threads.
    const value: unknown = JSON.parse(decoder.decode(payload.slice()));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function shownJson(message: Record<string, unknown>): string {
  const json = JSON.stringify(message, (key, value: unknown) =>
    secrets.has(key) ? "(secret)" : value,
  );
  return spelt(json.length > jsonUnitsMax ? `${json.slice(0, jsonUnitsMax)}…` : json);
}

/** What a connection sends. Holds what is not a whole frame yet. */
export class ReadFrames {
  readonly #decoder: PayloadDecoder;
  readonly #framing: Framing;

  constructor(framing: Framing = lengthPrefixed) {
    this.#framing = framing;
    this.#decoder = framing.createDecoder(payloadBytesMax);
  }

  read(bytes: Uint8Array): ReadSeen {
    this.#decoder.push(bytes.slice());
    const frames: FrameSeen[] = [];
    let more = 0;
    for (let next = this.#decoder.next(); next !== null; next = this.#decoder.next()) {
      if (frames.length < framesMax) frames.push(this.#seen(next));
      else more += 1;
    }
    const isForeign = this.#decoder.fault !== null;
    const held = this.#decoder.bufferedBytes;
    return { what: "read", bytes: bytes.length, frames, more, held, isForeign };
  }

  #seen(payload: Uint8Array): FrameSeen {
    // The header of a payload that came is the one that is written for it.
    const target = new Uint8Array(this.#framing.bytesBound(payload));
    const header = this.#framing.encodeInto(target, 0, payload) - payload.length;
    const message = objectOf(payload);
    return {
      length: payload.length,
      header: hexOf(target.subarray(0, header)),
      head: hexOf(payload.subarray(0, headBytes)),
      json: message === null ? null : shownJson(message),
    };
  }
}

export interface Said {
  readonly type: string;
  /** Who it is for, in a `welcome`; "" elsewhere. */
  readonly nick: string;
}

/** A message's beginning. Inside a string its quotes would be escaped. */
const beginning = /\{"type":"(\w+)"/;
const nickIn = /"nick":("(?:[^"\\]|\\.)*")/;

/**
 * The first messages in whole frames that go to a connection, by type: never what they say. Of
 * another framing than the length prefix, the first one, whose JSON stands in it as it is.
 */
export function saidIn(frames: Uint8Array): Said[] {
  const said: Said[] = [];
  const out = lengthPrefixed.createDecoder(payloadBytesMax);
  out.push(frames);
  for (let next = out.next(); next !== null; next = out.next()) {
    if (said.length === saidMax) return said;
    const message = objectOf(next);
    const nick = message?.type === "welcome" ? String(message.nick) : "";
    said.push({ type: spelt(String(message?.type ?? "?")), nick });
  }
  return out.fault === null && out.bufferedBytes === 0 ? said : saidElsewhere(frames);
}

function saidElsewhere(frames: Uint8Array): Said[] {
  const text = decoder.decode(frames.slice());
  const type = beginning.exec(text)?.[1];
  if (type === undefined) return [];
  const quoted = type === "welcome" ? nickIn.exec(text)?.[1] : undefined;
  return [{ type, nick: quoted === undefined ? "" : (JSON.parse(quoted) as string) }];
}
