// A timeline against the whole log it is a stretch of: whatever arrives, is fetched, amended or let
// go, it holds a part of the log without holes or doubles, knows its ends, and keeps its bounds.

import { expect, test } from "bun:test";
import { amend } from "@maru/protocol/chat";
import fc from "fast-check";
import {
  emptyTimeline,
  firstSeq,
  heldFactor,
  type Item,
  indexOfKey,
  itemAt,
  itemsOf,
  lastMessage,
  lastSeq,
  type Message,
  messageOf,
  type Timeline,
  trimmedFront,
  withAmendment,
  withItem,
  withLocal,
  withNewerPage,
  withNewestPage,
  withOlderPage,
  withStretch,
} from "./timeline.ts";

const seed = 20_261_123;
/** Items of a chunk, of which parts are not let go; and of a page. */
const chunkItems = 64;
const pageMax = 150;

const size = fc.integer({ min: 1, max: pageMax });
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("say" as const), times: size }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("react" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("note" as const), times: size }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("older" as const), size }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("newer" as const), size }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("newest" as const), size }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("around" as const), at: fc.nat(), size }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("amend" as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("trim" as const), size }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hold" as const), isHeld: fc.boolean() }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const itemFor = (message: Message): Item => ({ kind: "message", key: message.seq, message });

/** The log and the timeline that should be a part of it. */
class Fixture {
  readonly log: Message[] = [];
  readonly max: number;
  timeline: Timeline = emptyTimeline;
  seq = 0;
  isHeld = false;

  constructor(max: number) {
    this.max = max;
  }

  get bounds() {
    return { max: this.max, isHeld: this.isHeld };
  }

  run(each: Act): void {
    switch (each.do) {
      case "say":
        for (let time = 0; time < each.times; time += 1) this.say();
        return;
      case "react":
        // Takes a seq and is no item.
        this.seq += 1;
        return;
      case "note":
        for (let time = 0; time < each.times; time += 1) {
          const note = { kind: "notice", at: 0, text: "a word", isError: false } as const;
          this.timeline = withLocal(this.timeline, note, this.bounds);
        }
        return;
      case "trim":
        this.timeline = trimmedFront(this.timeline, each.size);
        return;
      case "hold":
        this.isHeld = each.isHeld;
        return;
      case "amend":
        return this.amend(each.at);
      default:
        return this.fetch(each);
    }
  }

  say(): void {
    this.seq += 1;
    const message: Message = {
      type: "message",
      room: "lobby",
      seq: this.seq,
      at: this.seq,
      from: "ann",
      text: `said ${this.seq}`,
    };
    this.log.push(message);
    this.timeline = withItem(this.timeline, itemFor(message), this.bounds);
    // Once more, as a replay brings it.
    this.timeline = withItem(this.timeline, itemFor(message), this.bounds);
  }

  amend(at: number): void {
    const index = this.log.length === 0 ? -1 : at % this.log.length;
    const message = this.log[index];
    if (message === undefined) return;
    this.seq += 1;
    const { room, seq: target } = message;
    const stamp = { room, seq: this.seq, at: this.seq, from: "ann", target };
    const amendment =
      at % 3 === 0
        ? ({ type: "redaction", ...stamp } as const)
        : ({ type: "edit", ...stamp, text: `now ${this.seq}` } as const);
    this.log[index] = amend(message, amendment);
    this.timeline = withAmendment(this.timeline, amendment);
    expect(withAmendment(this.timeline, amendment)).toBe(this.timeline);
  }

  fetch(each: Extract<Act, { size: number }>): void {
    const { timeline, log, max } = this;
    const page = (from: number, to: number) => log.slice(Math.max(0, from), to).map(itemFor);
    const first = log.findIndex(({ seq }) => seq === firstSeq(timeline));
    const last = log.findIndex(({ seq }) => seq === lastSeq(timeline));
    switch (each.do) {
      case "older":
        if (first < 0) return;
        this.timeline = withOlderPage(
          timeline,
          page(first - each.size, first),
          first > each.size,
          max,
        );
        return;
      case "newer": {
        if (last < 0) return;
        const to = last + 1 + each.size;
        this.timeline = withNewerPage(timeline, page(last + 1, to), to < log.length, max);
        return;
      }
      case "newest": {
        const from = log.length - each.size;
        this.timeline = withNewestPage(timeline, page(from, log.length), from > 0, max);
        return;
      }
      case "around": {
        if (log.length === 0) return;
        const from = each.at % log.length;
        const ends = { hasOlder: from > 0, hasNewer: from + each.size < log.length };
        this.timeline = withStretch(timeline, page(from, from + each.size), ends);
        return;
      }
    }
  }
}

function check({ timeline, log, max }: Fixture): void {
  const items = itemsOf(timeline);
  const seqs = items.map(({ key }) => key).filter((key) => key > 0);
  expect(timeline.count).toBe(items.length);
  expect(timeline.chunks.every(({ length }) => length > 0 && length <= chunkItems)).toBe(true);
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  expect(items.length).toBeLessThanOrEqual(Math.max(max * heldFactor + chunkItems - 1, pageMax));

  const first = log.findIndex(({ seq }) => seq === seqs[0]);
  const stretch = seqs.length === 0 ? [] : log.slice(first, first + seqs.length);
  expect(seqs).toEqual(stretch.map(({ seq }) => seq));
  const held = items.flatMap((item) => (item.kind === "message" ? [item.message] : []));
  expect(held).toEqual(stretch);
  if (!timeline.hasOlder && !timeline.hasNewer) expect(stretch.length).toBe(log.length);
  if (!timeline.hasOlder && seqs.length > 0) expect(first).toBe(0);
  if (!timeline.hasNewer && seqs.length > 0) expect(seqs.at(-1)).toBe(log.at(-1)?.seq ?? 0);

  expect(firstSeq(timeline)).toBe(seqs[0] ?? Number.POSITIVE_INFINITY);
  expect(lastSeq(timeline)).toBe(seqs.at(-1) ?? 0);
  expect(lastMessage(timeline, () => true)).toBe(held.at(-1) ?? null);
  for (const [index, item] of items.entries()) {
    expect(itemAt(timeline, index)).toBe(item);
    expect(indexOfKey(timeline, item.key)).toBe(index);
  }
  for (const message of log) {
    const known = stretch.includes(message) ? message : null;
    expect(messageOf(timeline, message.seq)).toEqual(known);
  }
}

test("a timeline is a stretch of the log without holes, whatever happens", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.array(act, { minLength: 1, maxLength: 25 }),
      (max, acts) => {
        const fixture = new Fixture(max);
        for (const each of acts) {
          fixture.run(each);
          const { timeline } = fixture;
          expect(timeline.count).toBe(timeline.chunks.flat().length);
        }
        check(fixture);
      },
    ),
    { seed, numRuns: 300 },
  );
}, 60_000);
