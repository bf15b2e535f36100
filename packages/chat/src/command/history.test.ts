import { expect, test } from "bun:test";
import { ChatFixture, type Message, type Visitor } from "../../test/chat-fixture.ts";

function roomOf(fixture: ChatFixture, count: number): Visitor {
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "a" });
  for (let line = 1; line <= count; line += 1) mina.ask("send", { room: "a", text: `${line}` });
  return mina;
}

function seqs(visitor: Visitor, range: { before?: number; after?: number; limit: number }) {
  const page = visitor.ask("history", { room: "a", ...range }) as Message<"page">;
  return { seqs: page.entries.map(({ seq }) => seq), more: page.more };
}

test("the newest entries, those before a seq, and those after one, each oldest first", () => {
  const mina = roomOf(new ChatFixture(), 9);
  expect(seqs(mina, { limit: 3 })).toEqual({ seqs: [7, 8, 9], more: true });
  expect(seqs(mina, { before: 4, limit: 2 })).toEqual({ seqs: [2, 3], more: true });
  expect(seqs(mina, { before: 4, limit: 3 })).toEqual({ seqs: [1, 2, 3], more: false });
  expect(seqs(mina, { after: 4, limit: 2 })).toEqual({ seqs: [5, 6], more: true });
  expect(seqs(mina, { after: 4, limit: 5 })).toEqual({ seqs: [5, 6, 7, 8, 9], more: false });
});

test("the ends of a room give empty pages", () => {
  const mina = roomOf(new ChatFixture(), 3);
  for (const range of [{ before: 0 }, { before: 1 }, { after: 3 }, { after: 99 }]) {
    expect(seqs(mina, { ...range, limit: 5 })).toEqual({ seqs: [], more: false });
  }
  mina.ask("join", { room: "empty" });
  expect(mina.ask("history", { room: "empty", limit: 5 })).toMatchObject({ entries: [] });
});

test("walking back page by page meets every entry once", () => {
  const mina = roomOf(new ChatFixture(), 23);
  const met: number[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const page = seqs(mina, { before, limit: 5 });
    met.unshift(...page.seqs);
    if (!page.more) break;
    before = page.seqs[0] as number;
  }
  expect(met).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
});

test("before and after together are refused", () => {
  const mina = roomOf(new ChatFixture(), 3);
  expect(mina.ask("history", { room: "a", before: 3, after: 1, limit: 1 })).toMatchObject({
    code: "invalid_message",
    field: "after",
  });
});

test("a page holds no more entries than the server allows, however many are asked for", () => {
  const fixture = new ChatFixture({ historyPage: 4 });
  const mina = roomOf(fixture, 6);
  expect(seqs(mina, { limit: 1000 })).toEqual({ seqs: [3, 4, 5, 6], more: true });
});

test("a page fits a frame, even of the longest lines in the most costly characters", () => {
  const fixture = new ChatFixture();
  const mina = roomOf(fixture, 0);
  for (const text of ['"'.repeat(8192), "가".repeat(2730), "\n".repeat(8192), "😀".repeat(2048)]) {
    for (let copy = 0; copy < 5; copy += 1) mina.ask("send", { room: "a", text });
  }
  const { seqs: newest, more } = seqs(mina, { limit: 50 });
  expect(newest.length).toBeGreaterThan(1);
  expect(newest.at(-1)).toBe(20);
  expect(more).toBe(true);
});

test("history is for members", () => {
  const fixture = new ChatFixture();
  const mina = roomOf(fixture, 2);
  const other = fixture.guest("other");
  expect(other.ask("history", { room: "a", limit: 5 })).toMatchObject({ code: "not_joined" });
  mina.ask("leave", { room: "a" });
  expect(mina.ask("history", { room: "a", limit: 5 })).toMatchObject({ code: "not_joined" });
});

test("asking for more bytes than may be on their way at once is put off, and works later", () => {
  const fixture = new ChatFixture({ readBurstBytes: 131_072, readRateBytes: 65_536 });
  const mina = roomOf(fixture, 0);
  for (let line = 0; line < 40; line += 1) {
    mina.ask("send", { room: "a", text: "x".repeat(8_000) });
  }
  const ask = () => mina.ask("history", { room: "a", limit: 200 });
  let pages = 0;
  let last = ask();
  for (; last.type === "page"; last = ask()) pages += 1;
  expect(pages).toBeGreaterThan(0);
  expect(pages).toBeLessThan(4);
  const { retryAfterMs, ...error } = last as Message<"error">;
  expect(error).toMatchObject({ code: "rate_limited", retryable: true });
  fixture.now += retryAfterMs as number;
  expect(ask().type).toBe("page");
});

test("a join that would replay more than that leaves the rest to history", () => {
  const fixture = new ChatFixture({ readBurstBytes: 65_536, readRateBytes: 1 });
  const mina = roomOf(fixture, 3);
  mina.ask("leave", { room: "a" });
  expect(mina.ask("join", { room: "a", after: 1 })).toMatchObject({ recovered: true });
  // The replay was small, and what it didn't use was given back but for its own bytes.
  expect(mina.ask("join", { room: "a", after: 1 })).toMatchObject({ recovered: false });
});

test("a page says when what it should begin with is gone", () => {
  const mina = roomOf(new ChatFixture({ memoryLogBytes: 2_000 }), 40);
  expect(mina.ask("history", { room: "a", after: 1, limit: 2 })).toMatchObject({ gap: true });
  expect(mina.ask("history", { room: "a", after: 39, limit: 2 })).not.toHaveProperty("gap");
});
