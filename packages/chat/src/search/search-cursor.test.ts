import { expect, test } from "bun:test";
import { type NameKey, searchCursorMax } from "@maru/protocol/chat";
import { formatCursor, parseCursor, searchDigest } from "./search-cursor.ts";

/** A name of 256 characters, three bytes each, of which folding makes three times as many. */
const longest = "가".repeat(256 * 3) as NameKey;

test("of the longest names a cursor is no longer than one may be, and comes back as it was", () => {
  const position = { at: Number.MAX_SAFE_INTEGER, room: longest, seq: Number.MAX_SAFE_INTEGER };
  const scan = { room: longest, before: Number.MAX_SAFE_INTEGER, to: position };
  const place = { below: position, scan };
  const cursor = formatCursor(place, 2 ** 32 - 1);
  expect(cursor.length).toBeLessThanOrEqual(searchCursorMax);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(parseCursor(cursor, 2 ** 32 - 1)).toEqual({ ok: true, place });
});

test("whatever else is asked for has another number, and a page's size has not", () => {
  const asked = { query: "w" };
  const others = [
    { query: "w " },
    { ...asked, room: "w" },
    { ...asked, from: "w" },
    { ...asked, since: 1 },
    { ...asked, until: 1 },
    { ...asked, before: 1 },
  ];
  const digests = [asked, ...others].map((one) => searchDigest(one));
  expect(new Set(digests).size).toBe(digests.length);
  expect(searchDigest({ ...asked, limit: 5 } as typeof asked)).toBe(searchDigest(asked));
});
