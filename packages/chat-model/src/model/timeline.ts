// What is held of a room's conversation: a stretch of its log, without holes, and what happened beside
// it. Owns its bounds: what is older or newer than the stretch is fetched again when a person looks.
// Plain data in chunks, so that one more message copies one chunk and not a thousand messages. Pure.

import type { Amendment, EntryOf } from "@maru/protocol/chat";
import { amend } from "@maru/protocol/chat";

export type Message = EntryOf<"message">;

/** `key` tells items of a timeline apart: an entry's seq, or a number below 0 for what has none. */
export type Item =
  | { readonly kind: "message"; readonly key: number; readonly message: Message }
  | {
      readonly kind: "topic";
      readonly key: number;
      readonly at: number;
      readonly from: string;
      readonly topic: string;
    }
  | {
      readonly kind: "presence";
      readonly key: number;
      readonly at: number;
      readonly joined: readonly string[];
      readonly left: readonly string[];
      readonly renamed: readonly { readonly from: string; readonly to: string }[];
    }
  /** Said by the client itself; `text` may hold what came from elsewhere. */
  | {
      readonly kind: "notice";
      readonly key: number;
      readonly at: number;
      readonly text: string;
      readonly isError: boolean;
    }
  /** Entries are missing here, and can't be had any more. */
  | { readonly kind: "gap"; readonly key: number; readonly at: number };

type Keyless<T> = T extends Item ? Omit<T, "key"> : never;
/** What has no seq, before it gets its key. */
export type LocalItem = Keyless<Exclude<Item, { kind: "message" | "topic" }>>;

export interface Timeline {
  /** None is empty; oldest first. */
  readonly chunks: readonly (readonly Item[])[];
  readonly count: number;
  /** The log has more before the first item, or behind the last. */
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** The last key that was given to an item without a seq. */
  readonly localKey: number;
}

export interface TimelineBounds {
  /** Items that are kept when no reader holds on to old ones. */
  readonly max: number;
  /** A person reads older ones: they are kept, up to `heldFactor` times as many. */
  readonly isHeld: boolean;
}

const chunkItems = 64;
/** While a person reads further up, newer items join until there are so many times the bound. */
export const heldFactor = 2;

export const emptyTimeline: Timeline = {
  chunks: [],
  count: 0,
  hasOlder: false,
  hasNewer: false,
  localKey: 0,
};

/** Adds what has just happened. One that is there already, or does not fit, is not added. */
export function withItem(timeline: Timeline, item: Item, bounds: TimelineBounds): Timeline {
  if (item.key > 0 && item.key <= lastSeq(timeline)) return timeline;
  if (timeline.hasNewer) return timeline;
  const { chunks, count } = timeline;
  if (bounds.isHeld && count >= bounds.max * heldFactor) return { ...timeline, hasNewer: true };
  const last = chunks.at(-1);
  const next =
    last === undefined || last.length >= chunkItems
      ? [...chunks, [item]]
      : [...chunks.slice(0, -1), [...last, item]];
  const longer = { ...timeline, chunks: next, count: count + 1 };
  return bounds.isHeld ? longer : trimmedFront(longer, bounds.max);
}

/** Adds what has no seq behind everything else. */
export function withLocal(timeline: Timeline, item: LocalItem, bounds: TimelineBounds): Timeline {
  const localKey = timeline.localKey - 1;
  return withItem({ ...timeline, localKey }, { ...item, key: localKey } as Item, bounds);
}

/** The newest page of the log: what stands behind it here stays. */
export function withNewestPage(
  timeline: Timeline,
  page: readonly Item[],
  hasOlder: boolean,
  max: number,
): Timeline {
  const head = page.at(-1)?.key ?? 0;
  const first = page[0]?.key ?? 1;
  const known = timeline.hasNewer ? [] : itemsOf(timeline);
  const end = known.findLastIndex(({ key }) => key > 0) + 1;
  // A stretch that reaches into the page goes on in it; between another one and the page is a hole.
  const meeting = known.findIndex(({ key }) => key >= first);
  const before = known.slice(0, Math.max(0, meeting));
  const met = meeting < 0 ? [] : known.slice(meeting, end);
  // What was missing at the end is on the page, or before it.
  const isPast = (known[end - 1]?.key ?? 0) > head;
  const last = known.slice(end).filter(({ kind }) => kind !== "gap" || isPast);
  const items = [...before, ...interleaved(page, met, head), ...last];
  const whole = { ...timeline, ...chunked(items), hasNewer: false };
  return trimmedFront(
    { ...whole, hasOlder: before.length > 0 ? timeline.hasOlder : hasOlder },
    max,
  );
}

/** The page, with what is known behind `head`, and between its entries what has no seq. */
function interleaved(page: readonly Item[], known: readonly Item[], head: number): Item[] {
  const items: Item[] = [];
  let taken = 0;
  for (const item of known) {
    const from = taken;
    while (item.key > 0 && (page[taken]?.key ?? Number.POSITIVE_INFINITY) <= item.key) taken += 1;
    items.push(...page.slice(from, taken));
    if (item.key < 0 || item.key > head) items.push(item);
  }
  return [...items, ...page.slice(taken)];
}

/** A page that ends where this stretch begins. What then no longer fits goes at the other end. */
export function withOlderPage(
  timeline: Timeline,
  page: readonly Item[],
  hasOlder: boolean,
  max: number,
): Timeline {
  const first = firstSeq(timeline);
  const older = page.filter(({ key }) => key < first);
  const items = [...older, ...itemsOf(timeline)];
  return trimmedBack({ ...timeline, ...chunked(items), hasOlder }, max * heldFactor);
}

/** A page that begins where this stretch ends; `hasNewer`: the log goes on behind the page. */
export function withNewerPage(
  timeline: Timeline,
  page: readonly Item[],
  hasNewer: boolean,
  max: number,
): Timeline {
  const last = lastSeq(timeline);
  const items = [...itemsOf(timeline), ...page.filter(({ key }) => key > last)];
  // A page that comes late can't make newer what reaches the end already.
  const goesOn = timeline.hasNewer && hasNewer;
  const longer = { ...timeline, ...chunked(items), hasNewer: goesOn };
  return trimmedFront(longer, max * heldFactor);
}

/** Another stretch of the log altogether. */
export function withStretch(
  timeline: Timeline,
  page: readonly Item[],
  ends: { readonly hasOlder: boolean; readonly hasNewer: boolean },
): Timeline {
  return { ...timeline, ...chunked(page), ...ends };
}

/** The same stretch with these items in the place of its own. */
export function withItems(timeline: Timeline, items: readonly Item[]): Timeline {
  return { ...timeline, ...chunked(items) };
}

/** The timeline after something was done to a message of it; the same one if it is not here. */
export function withAmendment(timeline: Timeline, amendment: Amendment): Timeline {
  const { target } = amendment;
  const index = chunkOf(timeline, target);
  const chunk = timeline.chunks[index];
  const at = chunk?.findIndex(({ key }) => key === target) ?? -1;
  const item = chunk?.[at];
  if (chunk === undefined || item?.kind !== "message") return timeline;
  const message = amend(item.message, amendment);
  // It showed that already.
  if (message === item.message) return timeline;
  const changed = chunk.with(at, { ...item, message });
  return { ...timeline, chunks: timeline.chunks.with(index, changed) };
}

/** The chunk in which the entry with this seq stands, if it is here; -1: it is not. */
function chunkOf({ chunks }: Timeline, seq: number): number {
  return chunks.findLastIndex((chunk) => {
    const first = chunk.find(({ key }) => key > 0);
    return first !== undefined && first.key <= seq;
  });
}

/** The timeline with its oldest items gone beyond `max`: no reader looks at them. */
export function trimmedFront(timeline: Timeline, max: number): Timeline {
  let { count } = timeline;
  let gone = 0;
  for (const chunk of timeline.chunks) {
    if (count - chunk.length < max) break;
    count -= chunk.length;
    gone += 1;
  }
  if (gone === 0) return timeline;
  return { ...timeline, chunks: timeline.chunks.slice(gone), count, hasOlder: true };
}

function trimmedBack(timeline: Timeline, max: number): Timeline {
  let { count } = timeline;
  let kept = timeline.chunks.length;
  for (const chunk of timeline.chunks.toReversed()) {
    if (count - chunk.length < max) break;
    count -= chunk.length;
    kept -= 1;
  }
  if (kept === timeline.chunks.length) return timeline;
  return { ...timeline, chunks: timeline.chunks.slice(0, kept), count, hasNewer: true };
}

function chunked(items: readonly Item[]): Pick<Timeline, "chunks" | "count"> {
  const chunks: Item[][] = [];
  for (let at = 0; at < items.length; at += chunkItems)
    chunks.push(items.slice(at, at + chunkItems));
  return { chunks, count: items.length };
}

export function itemsOf(timeline: Timeline): readonly Item[] {
  return timeline.chunks.flat();
}

/** The item at `index`, from 0 for the oldest. */
export function itemAt({ chunks }: Timeline, index: number): Item | null {
  let rest = index;
  if (rest < 0) return null;
  for (const chunk of chunks) {
    if (rest < chunk.length) return chunk[rest] ?? null;
    rest -= chunk.length;
  }
  return null;
}

/** Where the item with `key` stands; -1: it is not here. */
export function indexOfKey({ chunks }: Timeline, key: number): number {
  let before = 0;
  for (const chunk of chunks) {
    const index = chunk.findIndex((item) => item.key === key);
    if (index >= 0) return before + index;
    before += chunk.length;
  }
  return -1;
}

/** The message with this seq, if it is here. */
export function messageOf(timeline: Timeline, seq: number): Message | null {
  const chunk = timeline.chunks[chunkOf(timeline, seq)];
  const item = chunk?.find(({ key }) => key === seq);
  return item?.kind === "message" ? item.message : null;
}

/** The newest message that `isWanted`. */
export function lastMessage(
  timeline: Timeline,
  isWanted: (message: Message) => boolean,
): Message | null {
  for (const chunk of timeline.chunks.toReversed()) {
    const item = chunk.findLast((each) => each.kind === "message" && isWanted(each.message));
    if (item?.kind === "message") return item.message;
  }
  return null;
}

/** The first and the last seq of the stretch: Infinity and 0 when it has none. */
export function firstSeq({ chunks }: Timeline): number {
  for (const chunk of chunks) {
    const item = chunk.find(({ key }) => key > 0);
    if (item !== undefined) return item.key;
  }
  return Number.POSITIVE_INFINITY;
}

export function lastSeq({ chunks }: Timeline): number {
  for (let index = chunks.length - 1; index >= 0; index -= 1) {
    const item = chunks[index]?.findLast(({ key }) => key > 0);
    if (item !== undefined) return item.key;
  }
  return 0;
}
