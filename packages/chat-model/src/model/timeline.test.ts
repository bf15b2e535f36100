// How a timeline grows, meets pages of its log and lets go, case by case.

import { describe, expect, test } from "bun:test";
import {
  emptyTimeline,
  type Item,
  itemsOf,
  type LocalItem,
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

const bounds = { max: 100, isHeld: false };

function said(seq: number, text = `said ${seq}`): Item {
  const message = { type: "message", room: "lobby", seq, at: seq, from: "ann", text } as const;
  return { kind: "message", key: seq, message };
}
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => said(from + index));
const notice = (text: string): LocalItem => ({ kind: "notice", at: 0, text, isError: false });
const gap: LocalItem = { kind: "gap", at: 0 };
const keys = (timeline: Timeline) => itemsOf(timeline).map(({ key }) => key);
const after = (timeline: Timeline, ...items: (Item | LocalItem)[]) =>
  items.reduce<Timeline>(
    (held, item) => ("key" in item ? withItem(held, item, bounds) : withLocal(held, item, bounds)),
    timeline,
  );

describe("what has just happened", () => {
  test("stands behind the rest, and is not added twice", () => {
    const timeline = after(emptyTimeline, said(1), said(2), said(2), said(1), said(4));
    expect(keys(timeline)).toEqual([1, 2, 4]);
  });

  test("lets the oldest chunk go when more is held than is wanted", () => {
    const full = after(emptyTimeline, ...range(1, 163));
    expect([full.count, full.hasOlder]).toEqual([163, false]);
    const one = after(full, said(164));
    expect([one.count, keys(one)[0], one.hasOlder]).toEqual([100, 65, true]);
  });

  test("lets nothing go while older items are read, until there are twice as many", () => {
    const held = { max: 100, isHeld: true };
    const full = range(1, 200).reduce((timeline, item) => withItem(timeline, item, held), {
      ...emptyTimeline,
    } as Timeline);
    expect([full.count, full.hasNewer, keys(full)[0]]).toEqual([200, false, 1]);
    const past = withItem(full, said(201), held);
    expect([past.count, past.hasNewer]).toEqual([200, true]);
    expect(withItem(past, said(202), held)).toBe(past);
  });

  test("copies one chunk and shares the others", () => {
    const before = after(emptyTimeline, ...range(1, 90));
    const now = after(before, said(91));
    expect(now.chunks[0]).toBe(before.chunks[0] as readonly Item[]);
  });
});

describe("the newest page", () => {
  test("goes on where a stretch reaches into it", () => {
    const known = { ...after(emptyTimeline, ...range(5, 20)), hasOlder: true };
    const timeline = withNewestPage(known, range(15, 30), false, 100);
    expect(keys(timeline)).toEqual(range(5, 30).map(({ key }) => key));
    expect(timeline.hasOlder).toBe(true);
  });

  test("takes the place of a stretch that ends before it", () => {
    const known = after(emptyTimeline, ...range(1, 10));
    const timeline = withNewestPage(known, range(50, 60), true, 100);
    expect(keys(timeline)).toEqual(range(50, 60).map(({ key }) => key));
    expect([timeline.hasOlder, timeline.hasNewer]).toEqual([true, false]);
  });

  test("leaves what has no seq where it stood, and what came last at the end", () => {
    const known = after(emptyTimeline, said(1), notice("a"), said(2), notice("b"));
    expect(keys(withNewestPage(known, range(1, 4), false, 100))).toEqual([1, -1, 2, 3, 4, -2]);
    const fresh = after(emptyTimeline, notice("a"), notice("b"));
    expect(keys(withNewestPage(fresh, range(1, 2), false, 100))).toEqual([1, 2, -1, -2]);
  });

  test("keeps what was said since it was made", () => {
    const known = after(emptyTimeline, said(2), said(3), notice("a"), said(4));
    expect(keys(withNewestPage(known, range(1, 3), false, 100))).toEqual([1, 2, 3, -1, 4]);
  });

  test("closes a gap at the end of what was known", () => {
    const known = after(emptyTimeline, ...range(1, 3), gap);
    expect(keys(withNewestPage(known, range(50, 52), true, 100))).toEqual([50, 51, 52]);
    const reached = after(emptyTimeline, ...range(1, 3), gap, said(51));
    expect(keys(withNewestPage(reached, range(50, 52), true, 100))).toEqual([
      1, 2, 3, -1, 50, 51, 52,
    ]);
  });

  test("brings nothing where nothing was said, and takes nothing", () => {
    const known = after(emptyTimeline, said(7), notice("a"));
    expect(keys(withNewestPage(known, [], false, 100))).toEqual([7, -1]);
  });
});

describe("pages on either side", () => {
  test("join the stretch without what it has", () => {
    const known = { ...after(emptyTimeline, ...range(10, 12)), hasOlder: true, hasNewer: true };
    const older = withOlderPage(known, range(7, 10), true, 100);
    const both = withNewerPage(older, range(12, 15), false, 100);
    expect(keys(both)).toEqual(range(7, 15).map(({ key }) => key));
    expect([both.hasOlder, both.hasNewer]).toEqual([true, false]);
  });

  test("push out what is furthest from them", () => {
    const known = after(emptyTimeline, ...range(101, 200));
    const older = withOlderPage(known, range(1, 100), false, 64);
    expect([keys(older)[0], keys(older).at(-1), older.hasNewer]).toEqual([1, 128, true]);
    const newer = withNewerPage(older, range(129, 300), false, 64);
    expect([keys(newer)[0], keys(newer).at(-1), newer.hasOlder]).toEqual([129, 300, true]);
  });

  test("that come late do not make newer what reaches the end", () => {
    const known = after(emptyTimeline, ...range(1, 5));
    const late = withNewerPage(known, range(3, 4), true, 100);
    expect([keys(late), late.hasNewer]).toEqual([[1, 2, 3, 4, 5], false]);
  });

  test("may be of another part altogether", () => {
    const known = after(emptyTimeline, ...range(90, 95), notice("a"));
    const stretch = withStretch(known, range(3, 5), { hasOlder: true, hasNewer: true });
    expect(keys(stretch)).toEqual([3, 4, 5]);
    expect(after(stretch, said(96))).toBe(stretch);
    expect(stretch.localKey).toBe(-1);
  });
});

describe("an amendment", () => {
  const stamp = { room: "lobby", at: 9, from: "ann" };

  test("changes its message and no other item", () => {
    const before = after(emptyTimeline, ...range(1, 70));
    const edit = { type: "edit", ...stamp, seq: 80, target: 3, text: "anew" } as const;
    const now = withAmendment(before, edit);
    expect(messageOf(now, 3)?.text).toBe("anew");
    expect(now.chunks[1]).toBe(before.chunks[1] as readonly Item[]);
    expect(itemsOf(now).filter((item, at) => item !== itemsOf(before)[at])).toHaveLength(1);
  });

  test("of what is not here, or shows already, changes nothing", () => {
    const before = after(emptyTimeline, said(5), notice("a"));
    const edit = { type: "edit", ...stamp, seq: 80, text: "anew" } as const;
    for (const target of [4, 6]) expect(withAmendment(before, { ...edit, target })).toBe(before);
    const now = withAmendment(before, { ...edit, target: 5 });
    expect(withAmendment(now, { ...edit, target: 5 })).toBe(now);
  });
});

test("nothing is let go while it fits", () => {
  const timeline = after(emptyTimeline, ...range(1, 70));
  expect(trimmedFront(timeline, 70)).toBe(timeline);
  expect(trimmedFront(timeline, 6).count).toBe(6);
  expect(trimmedFront(timeline, 0).count).toBe(0);
});
