// The newest messages of a room, as far as a person refers to them: "the last one", "what I said".
// Owns the bound, and what of a text is quoted. Pure.

import { roomKey } from "@maru/sdk";
import { type Model, type RoomModel, withRoom } from "./model.ts";
import type { Message } from "./step.ts";

export interface Recent {
  readonly seq: number;
  readonly from: string;
  readonly isOwn: boolean;
  /** The beginning of its text; empty once that was taken back. */
  readonly excerpt: string;
}

/** A message that another line is about; `from` null: it is not among the recent ones. */
export interface Quote {
  readonly seq: number;
  readonly from: string | null;
  readonly excerpt: string;
}

/** Messages remembered of each room. */
export const recentMax = 100;
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

/** The model knowing these messages of one room, whatever their order. */
export function withRecent(model: Model, name: string, messages: readonly Message[]): Model {
  const known = new Map(recentOf(model, name).map((recent) => [recent.seq, recent]));
  for (const { seq, from, text } of messages) {
    known.set(seq, {
      seq,
      from,
      isOwn: roomKey(from) === roomKey(model.me),
      excerpt: excerptOf(text),
    });
  }
  const recent = [...known.values()].sort((one, other) => one.seq - other.seq).slice(-recentMax);
  return withRoom(model, name, { recent });
}

/** The model after a message got another text; "" when it was taken back. */
export function withText(model: Model, name: string, seq: number, text: string): Model {
  const before = recentOf(model, name);
  if (!before.some((each) => each.seq === seq)) return model;
  const excerpt = excerptOf(text);
  const recent = before.map((each) => (each.seq === seq ? { ...each, excerpt } : each));
  return withRoom(model, name, { recent });
}

/** The newest message of oneself, or of anybody else, that still has a text; null if none is known. */
export function lastOf({ recent }: RoomModel, isOwn: boolean): number | null {
  const last = recent.findLast((each) => each.isOwn === isOwn && each.excerpt !== "");
  return last?.seq ?? null;
}

export function quoteOf(model: Model, name: string, seq: number): Quote {
  const known = recentOf(model, name).find((each) => each.seq === seq);
  return known ?? { seq, from: null, excerpt: "" };
}

function recentOf(model: Model, name: string): readonly Recent[] {
  return model.rooms.get(roomKey(name))?.recent ?? [];
}
