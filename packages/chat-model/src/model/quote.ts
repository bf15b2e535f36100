// How one message refers to another: "the last one", "what I said", the beginning of what it said.
// Owns what of a text is quoted. Pure.

import { roomKey } from "@maru/sdk/chat";
import type { Model } from "./model.ts";
import type { RoomModel } from "./room-model.ts";
import { lastMessage, type Message, messageOf, type Timeline } from "./timeline.ts";

/** A message that another line is about; `from` null: it is not among those that are held. */
export interface Quote {
  readonly seq: number;
  readonly from: string | null;
  /** The beginning of its text; empty once that was taken back. */
  readonly excerpt: string;
}

/** Characters, as a reader counts them, of what is quoted. */
const excerptMax = 40;
/** UTF-16 units of a text that are looked at for it. */
const excerptUnits = 400;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The beginning of a text's first line. */
export function excerptOf(text: string): string {
  const looked = text.slice(0, excerptUnits).replace(/[\ud800-\udbff]$/, "");
  const [line = ""] = looked.split("\n");
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment);
  // Where the text was cut for looking at it, a character may have been.
  if (line.length === looked.length && looked.length < text.length) characters.pop();
  const isWhole = characters.length <= excerptMax && characters.join("").length === text.length;
  return isWhole ? line : `${characters.slice(0, excerptMax).join("")}…`;
}

/** The newest message of oneself, or of another, that still has a text; null if none is known. */
export function lastOf(model: Model, { timeline }: RoomModel, isOwn: boolean): number | null {
  const last = lastMessage(
    timeline,
    ({ from, redacted }) => redacted !== true && (roomKey(from) === model.meKey) === isOwn,
  );
  return last?.seq ?? null;
}

export function quoteOf(model: Model, room: string, seq: number): Quote {
  const timeline = model.rooms.get(roomKey(room))?.timeline;
  const known = timeline === undefined ? null : messageOf(timeline, seq);
  if (known === null) return { seq, from: null, excerpt: "" };
  return { seq, from: known.from, excerpt: excerptOf(known.text) };
}

/** Finding where 40 letters end is slow; what a message says changes only with the message. */
const quotes = new WeakMap<Message, Quote>();

/** The same as it is shown again and again; of a message whose writer is hidden nothing is told. */
export function quoteIn(
  timeline: Timeline,
  seq: number,
  isHidden: (nick: string) => boolean,
): Quote {
  const message = messageOf(timeline, seq);
  if (message === null || isHidden(message.from)) return { seq, from: null, excerpt: "" };
  const known = quotes.get(message);
  if (known !== undefined) return known;
  const quote = { seq, from: message.from, excerpt: excerptOf(message.text) };
  quotes.set(message, quote);
  return quote;
}
