// What is seen of a conversation, and where scrolling and jumping lead.

import { describe, expect, test } from "bun:test";
import { type Item, trimmedFront, withItem, withOlderPage } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import {
  contextOf,
  conversing,
  minute,
  notice,
  presence,
  roomOf,
  says,
  textOf,
  timelineOf,
} from "../../../test/fixtures/sample-conversation.ts";
import { anchorAtKey, scrolledBy, viewport } from "./viewport.ts";

const said = (from: number, to: number): Item[] =>
  Array.from({ length: to - from + 1 }, (_, at) =>
    says(from + at, "ann", `n${from + at}`, minute(9)),
  );

/** Row 0 is the day; each message has one row. */
function fixture(items: readonly Item[]) {
  const context = contextOf(conversing(items), 80);
  return { context, timeline: timelineOf(items) };
}
const numbers = (rows: ReturnType<typeof viewport>["rows"]) =>
  textOf(rows).map((row) => row.split("│ ").at(-1) ?? "");

describe("at the end", () => {
  test("the newest rows are seen", () => {
    const { context, timeline } = fixture(said(1, 50));
    const seen = viewport(timeline, null, 3, context);
    expect(numbers(seen.rows)).toEqual(["n48", "n49", "n50"]);
    expect(seen).toMatchObject({ topKey: 48, keys: [48, 49, 50], below: 0 });
    expect([seen.isAtTop, seen.isAtEnd]).toEqual([false, true]);
  });

  test("the topmost message has its nick, also when that stands further up", () => {
    const { context, timeline } = fixture(said(1, 50));
    const rows = textOf(viewport(timeline, null, 3, context).rows);
    expect(rows.map((row) => /ann/.test(row))).toEqual([true, false, false]);
    const middle = textOf(viewport(timeline, { key: 20, row: 0 }, 4, context).rows);
    expect(middle.map((row) => /ann/.test(row))).toEqual([true, false, false, false]);
  });

  test("of a short conversation everything is seen", () => {
    const { context, timeline } = fixture(said(1, 2));
    const seen = viewport(timeline, null, 10, context);
    expect([seen.rows.length, seen.isAtTop, seen.isAtEnd]).toEqual([3, true, true]);
    expect(scrolledBy(timeline, null, -5, 10, context)).toEqual({
      anchor: null,
      hitTop: true,
      hitEnd: true,
    });
  });

  test("of nothing, nothing is seen", () => {
    const { context, timeline } = fixture([]);
    const seen = viewport(timeline, { key: 5, row: 2 }, 10, context);
    expect(seen).toEqual({
      rows: [],
      keys: [],
      topKey: null,
      isAtTop: true,
      isAtEnd: true,
      below: 0,
    });
    expect(anchorAtKey(timeline, 5, 10, context, "top")).toBeNull();
  });
});

describe("further up", () => {
  const { context, timeline } = fixture(said(1, 50));

  test("scrolling goes by rows, and back to the end", () => {
    const up = scrolledBy(timeline, null, -2, 3, context);
    expect(up).toEqual({ anchor: { key: 48, row: 0 }, hitTop: false, hitEnd: false });
    expect(viewport(timeline, up.anchor, 3, context).below).toBe(2);
    expect(scrolledBy(timeline, up.anchor, 2, 3, context).anchor).toBeNull();
  });

  test("the first row of all is the end of the way, and the page is full", () => {
    const top = scrolledBy(timeline, null, -1000, 5, context);
    expect(top).toEqual({ anchor: { key: 4, row: 0 }, hitTop: true, hitEnd: false });
    expect(numbers(viewport(timeline, top.anchor, 5, context).rows).slice(1)).toEqual([
      "n1",
      "n2",
      "n3",
      "n4",
    ]);
  });

  test("an item is brought to the top, or to the middle", () => {
    const top = anchorAtKey(timeline, 20, 5, context, "top");
    expect(viewport(timeline, top, 5, context).keys).toEqual([20, 21, 22, 23, 24]);
    const middle = anchorAtKey(timeline, 20, 5, context, "middle");
    expect(viewport(timeline, middle, 5, context).keys).toEqual([18, 19, 20, 21, 22]);
    expect(anchorAtKey(timeline, 49, 5, context, "top")).toBeNull();
  });

  test("a search for an item stays there where the log goes on", () => {
    const held = { ...timeline, hasNewer: true };
    expect(scrolledBy(held, { key: 40, row: 0 }, 100, 5, context)).toMatchObject({
      anchor: null,
      hitEnd: true,
    });
    expect(anchorAtKey(held, 49, 5, context, "top")).toEqual({ key: 50, row: 0 });
  });

  test("what is said below and fetched above moves nothing", () => {
    const held = { max: 1000, isHeld: true };
    const top = scrolledBy(timeline, null, -1000, 5, context).anchor;
    const before = viewport(timeline, top, 5, context);
    const longer = said(51, 80).reduce((t, item) => withItem(t, item, held), timeline);
    const { below, ...after } = viewport(longer, top, 5, context);
    expect(after).toEqual({ ...before, below: undefined } as never);
    expect(below).toBe(before.below + 30);
    const later = { ...timeline, chunks: [said(21, 50)], count: 30 };
    const anchor = { key: 30, row: 0 };
    const older = withOlderPage(later, said(1, 20), false, 1000);
    expect(viewport(older, anchor, 5, context)).toEqual(viewport(later, anchor, 5, context));
  });
});

describe("an anchor that is no longer there", () => {
  const items = said(1, 200);
  const { context } = fixture(items);

  test("leads to what is nearest", () => {
    const kept = trimmedFront(timelineOf(items), 100);
    const gone = viewport(kept, { key: 5, row: 0 }, 5, context);
    expect([gone.topKey, gone.isAtTop]).toEqual([65, true]);
    const between = timelineOf([...said(1, 20), ...said(30, 50)]);
    expect(viewport(between, { key: 25, row: 3 }, 2, context).keys).toEqual([19, 20]);
  });

  test("or whose item has fewer rows leads to its last", () => {
    const timeline = timelineOf(items);
    expect(viewport(timeline, { key: 50, row: 99 }, 2, context).keys).toEqual([49, 50]);
    for (const row of [-5, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(viewport(timeline, { key: 50, row }, 2, context).rows).toHaveLength(2);
    }
  });

  test("of what has no seq leads to what stood beside it", () => {
    const noted = timelineOf([
      ...said(1, 9),
      notice(-2, minute(9), "b"),
      ...said(10, 19),
      notice(-5, minute(9), "c"),
    ]);
    expect(viewport(noted, { key: -1, row: 0 }, 2, context).keys.at(-1)).toBe(9);
    expect(viewport(noted, { key: -3, row: 0 }, 2, context).keys.at(-1)).toBe(19);
    expect(viewport(noted, { key: -9, row: 0 }, 2, context).keys.at(-1)).toBe(-5);
  });
});

test("who is silent comes and goes unseen, and nothing stands where they would", () => {
  const items = [
    says(1, "ann", "n1", minute(1)),
    presence(-1, minute(2), { joined: ["cat"], left: ["ann"] } as Partial<Item>),
    presence(-2, minute(3), { left: ["cat"] } as Partial<Item>),
    says(2, "bob", "n2", minute(3)),
    presence(-3, minute(9), { renamed: [{ from: "ann", to: "anna" }] } as Partial<Item>),
  ];
  const timeline = timelineOf(items);
  const rows = (showPresence: "all" | "active" | "none") =>
    numbers(
      viewport(timeline, null, 9, { ...contextOf(conversing(items), 80), showPresence }).rows,
    ).slice(1);
  expect(rows("all")).toEqual(["n1", "→ cat  ← ann", "← cat", "n2", '"ann" is now "anna"']);
  expect(rows("active")).toEqual(["n1", "← ann", "n2"]);
  expect(rows("none")).toEqual(["n1", "n2"]);
});

test("people who are ignored are not seen, and part no messages of others", () => {
  const items = [...said(1, 1), says(2, "eve", "n2", minute(9)), ...said(3, 3)];
  const model = conversing(items);
  const chat = { ...model.chat, ignored: new Set([roomKey("eve")]) };
  const seen = viewport(timelineOf(items), null, 9, contextOf({ ...model, chat }, 80));
  expect(textOf(seen.rows).slice(1)).toEqual([
    "09:09          ann │ n1",
    "09:09              │ n3",
  ]);
  expect(roomOf(model).timeline.count).toBe(3);
});
