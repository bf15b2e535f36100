// What is seen of any conversation, however it is scrolled: full pages of rows that fit, which stay
// where they are whatever is said below, fetched above or let go, and a way to its beginning.

import { expect, test } from "bun:test";
import { type Item, itemsOf, withItem, withOlderPage } from "@maru/chat-model/model";
import { cellWidth } from "@maru/tui/text";
import type { Anchor } from "@maru/tui/widget";
import fc from "fast-check";
import {
  contextOf,
  conversing,
  minute,
  notice,
  presence,
  says,
  timelineOf,
} from "../../../test/fixtures/sample-conversation.ts";
import type { RowContext } from "./row-context.ts";
import { anchorAtKey, scrolledBy, viewport } from "./viewport.ts";

const seed = 20_261_122;

const nick = fc.constantFrom("ann", "bob", "mina", "지호", "a-very-long-nick-indeed");
const word = fc.oneof(
  fc.constantFrom(
    "hi",
    "안녕하세요",
    "👍🏽",
    "\n",
    "https://a.example/x?y",
    "`code`",
    "@mina",
    "\t",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const words = fc.array(word, { minLength: 1, maxLength: 30 }).map((all) => all.join(" "));
const sketch = fc.record({
  kind: fc.constantFrom("message", "message", "message", "presence", "notice", "gap"),
  nick,
  text: words,
  later: fc.integer({ min: 0, max: 900 }),
  isAction: fc.boolean(),
  replyTo: fc.option(fc.nat(30), { nil: undefined }),
});
type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;

/** Items of sketches, from seq `from` on and `from` minutes after the sample's nine o'clock. */
function itemsFor(sketches: readonly Sketch[], from = 1): Item[] {
  let at = minute(from);
  return sketches.map(({ kind, nick: name, text, later, isAction, replyTo }, index) => {
    at += later * 1000;
    const key = from + index;
    if (kind === "presence") return presence(-key, at, { joined: [name] } as Partial<Item>);
    if (kind === "notice") return notice(-key, at, text);
    if (kind === "gap") return { kind: "gap", key: -key, at };
    return says(key, name, text, at, {
      ...(isAction && { action: true as const }),
      ...(replyTo !== undefined && { replyTo }),
    });
  });
}

const sketches = fc.array(sketch, { minLength: 1, maxLength: 40 });
const area = fc.record({
  width: fc.integer({ min: 1, max: 130 }),
  height: fc.integer({ min: 1, max: 30 }),
  isBare: fc.boolean(),
  showPresence: fc.constantFrom("all", "active", "none"),
});
type Area = typeof area extends fc.Arbitrary<infer T> ? T : never;

function contextFor(items: readonly Item[], { width, isBare, showPresence }: Area): RowContext {
  return { ...contextOf(conversing(items, { isBare }), width), showPresence };
}
const runs = { seed, numRuns: 150 };
const held = { max: 10_000, isHeld: true };

test("a page is full of rows that fit, or shows everything", () => {
  const anchors = fc.record({ key: fc.integer({ min: -60, max: 60 }), row: fc.integer() });
  fc.assert(
    fc.property(sketches, area, fc.option(anchors), (all, place, anchor) => {
      const items = itemsFor(all);
      const context = contextFor(items, place);
      const seen = viewport(timelineOf(items), anchor, place.height, context);
      expect(seen.keys).toHaveLength(seen.rows.length);
      expect(seen.rows.length).toBeLessThanOrEqual(place.height);
      if (seen.rows.length < place.height)
        expect([seen.isAtTop, seen.isAtEnd]).toEqual([true, true]);
      for (const row of seen.rows) {
        const cells = row.reduce((sum, { text }) => sum + cellWidth(text), 0);
        expect(cells).toBeLessThanOrEqual(place.width);
      }
    }),
    runs,
  );
});

test("scrolling up and down again returns, and leads to the first row", () => {
  fc.assert(
    fc.property(sketches, area, fc.integer({ min: 1, max: 40 }), (all, place, rows) => {
      const items = itemsFor(all);
      const timeline = timelineOf(items);
      const context = contextFor(items, place);
      const scroll = (anchor: Anchor | null, by: number) =>
        scrolledBy(timeline, anchor, by, place.height, context);
      let anchor: Anchor | null = null;
      let steps = 0;
      for (let isAtTop = false; !isAtTop; steps += 1) {
        const up = scroll(anchor, -rows);
        if (!up.hitTop) expect(scroll(up.anchor, rows).anchor).toEqual(anchor);
        isAtTop = up.hitTop;
        anchor = up.anchor;
        expect(steps).toBeLessThan(20_000);
      }
      const top = viewport(timeline, anchor, place.height, context);
      const whole = viewport(timeline, null, 100_000, context);
      expect(top.rows).toEqual(whole.rows.slice(0, place.height));
      expect(steps).toBeLessThanOrEqual(Math.ceil(whole.rows.length / rows) + 1);
      expect(scroll(anchor, whole.rows.length)).toMatchObject({ anchor: null, hitEnd: true });
    }),
    runs,
  );
});

test("what is read stays where it is when more is said below or fetched above", () => {
  fc.assert(
    fc.property(sketches, sketches, sketches, area, fc.nat(200), (old, now, next, place, up) => {
      const older = itemsFor(old, 1).filter(({ key }) => key > 0);
      const items = itemsFor(now, 100);
      const newer = itemsFor(next, 200);
      const context = contextFor([...older, ...items, ...newer], { ...place, showPresence: "all" });
      const timeline = timelineOf(items);
      const { anchor } = scrolledBy(timeline, null, -up, place.height, context);
      if (anchor === null) return;
      const before = viewport(timeline, anchor, place.height, context);
      const longer = newer.reduce((t, item) => withItem(t, item, held), timeline);
      const { below, ...after } = viewport(longer, anchor, place.height, context);
      expect(after).toEqual({ ...before, isAtEnd: false, below: undefined } as never);
      expect(below).toBeGreaterThanOrEqual(before.below);

      // Of the first item, what stands above it depends on what comes before it.
      const first = itemsOf(timeline)[0]?.key;
      const own = before.keys.filter((key) => key === first).length;
      if (anchor.key === first) return;
      const fetched = viewport(
        withOlderPage(longer, older, false, 10_000),
        anchor,
        place.height,
        context,
      );
      const kept = place.height - own;
      expect(fetched.rows.slice(-kept)).toEqual(kept === 0 ? [] : before.rows.slice(-kept));
    }),
    runs,
  );
});

test("what is looked for is seen, and still is at any other size", () => {
  fc.assert(
    fc.property(sketches, area, area, fc.nat(), (all, place, other, at) => {
      const items = itemsFor(all).filter(({ kind }) => kind === "message");
      const item = items[at % Math.max(1, items.length)];
      if (item === undefined) return;
      const timeline = timelineOf(items);
      const context = contextFor(items, place);
      for (const where of ["top", "middle"] as const) {
        const anchor = anchorAtKey(timeline, item.key, place.height, context, where);
        expect(viewport(timeline, anchor, place.height, context).keys).toContain(item.key);
        if (anchor === null) continue;
        const resized = viewport(timeline, anchor, other.height, contextFor(items, other));
        expect(resized.keys).toContain(anchor.key);
      }
    }),
    runs,
  );
});
