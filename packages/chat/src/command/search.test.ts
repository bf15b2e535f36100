// Search, as far as the hub judges it: who may find what, and which questions make sense.

import { expect, test } from "bun:test";
import { ChatFixture, type Fields, type Message, type Visitor } from "../../test/chat-fixture.ts";

function texts(visitor: Visitor, query: string, fields: Partial<Fields<"search">> = {}): string[] {
  const page = visitor.ask("search", { query, limit: 20, ...fields }) as Message<"page">;
  return page.entries.map((entry) => (entry.type === "message" ? entry.text : entry.type));
}

function talk(fixture: ChatFixture) {
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "lobby" });
  mina.ask("join", { room: "other" });
  const say = (who: Visitor, room: string, text: string) => {
    fixture.now += 1_000;
    who.ask("send", { room, text });
  };
  say(mina, "lobby", "채팅서버를 배포했어요");
  say(jun, "lobby", "the deployment is done");
  say(mina, "other", "배포는 내일 또 해요");
  say(mina, "@jun+mina", "배포 비밀번호");
  return { mina, jun };
}

test("finds Korean inside words, and Latin words, in the order of their times", () => {
  const { mina } = talk(new ChatFixture());
  expect(texts(mina, "배포", { room: "lobby" })).toEqual(["채팅서버를 배포했어요"]);
  expect(texts(mina, "채팅")).toEqual(["채팅서버를 배포했어요"]);
  expect(texts(mina, "deploy*")).toEqual(["the deployment is done"]);
  expect(texts(mina, "배포")).toEqual([
    "채팅서버를 배포했어요",
    "배포는 내일 또 해요",
    "배포 비밀번호",
  ]);
});

test("shows only what the asker may read: rooms it is in, and its own conversations", () => {
  const fixture = new ChatFixture();
  const { jun } = talk(fixture);
  expect(texts(jun, "배포")).toEqual(["채팅서버를 배포했어요", "배포 비밀번호"]);
  const eve = fixture.guest("eve");
  expect(texts(eve, "배포")).toEqual([]);
  const search = (room: string) => eve.ask("search", { query: "배포", limit: 5, room });
  expect(search("lobby")).toMatchObject({ code: "not_joined" });
  expect(search("@jun+mina")).toMatchObject({ code: "forbidden" });
  jun.ask("leave", { room: "lobby" });
  expect(texts(jun, "배포")).toEqual(["배포 비밀번호"]);
});

test("by sender and by time", () => {
  const fixture = new ChatFixture();
  const { mina } = talk(fixture);
  expect(texts(mina, "배포", { from: "JUN" })).toEqual([]);
  expect(texts(mina, "done", { from: "jun" })).toEqual(["the deployment is done"]);
  expect(texts(mina, "배포", { since: fixture.now })).toEqual(["배포 비밀번호"]);
  expect(texts(mina, "배포", { until: fixture.now - 3_000 })).toEqual(["채팅서버를 배포했어요"]);
});

test("what was edited is found by what it says now, what was redacted not at all", () => {
  const { mina } = talk(new ChatFixture());
  mina.ask("edit", { room: "lobby", target: 1, text: "나중에 할게요" });
  expect(texts(mina, "배포", { room: "lobby" })).toEqual([]);
  expect(texts(mina, "나중에")).toEqual(["나중에 할게요"]);
  mina.ask("redact", { room: "lobby", target: 1 });
  expect(texts(mina, "나중에")).toEqual([]);
});

test("pages backward by seq in a room", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  mina.ask("join", { room: "a" });
  for (let line = 1; line <= 5; line += 1) mina.ask("send", { room: "a", text: `hit ${line}` });
  const ask = (before?: number) =>
    mina.ask("search", { query: "hit", room: "a", limit: 2, ...(before && { before }) });
  expect(ask()).toMatchObject({ entries: [{ seq: 4 }, { seq: 5 }], more: true });
  expect(ask(4)).toMatchObject({ entries: [{ seq: 2 }, { seq: 3 }], more: true });
  expect(ask(2)).toMatchObject({ entries: [{ seq: 1 }], more: false });
});

test("pages over many rooms go on by `next`, though all was said in one millisecond", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  for (const room of ["a", "b", "c"]) mina.ask("join", { room });
  for (let line = 0; line < 30; line += 1) {
    mina.ask("send", { room: ["a", "b", "c"][line % 3] as string, text: `hit ${line}` });
  }
  const found: string[] = [];
  let page = mina.ask("search", { query: "hit", limit: 7 }) as Message<"page">;
  for (;;) {
    found.push(...page.entries.map(({ room, seq }) => `${room}/${seq}`));
    expect(page.next !== undefined).toBe(page.more);
    if (page.next === undefined) break;
    page = mina.ask("search", { query: "hit", limit: 7, cursor: page.next }) as Message<"page">;
  }
  expect(found).toHaveLength(30);
  expect(new Set(found).size).toBe(30);
});

test("a further page is judged anew: what was left meanwhile is not shown", () => {
  const fixture = new ChatFixture();
  const mina = fixture.guest("mina");
  for (const room of ["a", "b"]) {
    mina.ask("join", { room });
    for (let line = 0; line < 3; line += 1) mina.ask("send", { room, text: "hit" });
  }
  const first = mina.ask("search", { query: "hit", limit: 1 }) as Message<"page">;
  mina.ask("leave", { room: first.entries[0]?.room ?? "" });
  const cursor = first.next as string;
  const rest = mina.ask("search", { query: "hit", limit: 20, cursor }) as Message<"page">;
  expect(rest.entries).toHaveLength(3);
  expect(rest.entries.map(({ room }) => room)).not.toContain(first.entries[0]?.room as string);
});

test("a cursor that is none, is another version's, damaged or another search's is refused", () => {
  const { mina } = talk(new ChatFixture());
  const ask = (fields: Partial<Fields<"search">>) =>
    mina.ask("search", { query: "배포", limit: 1, ...fields });
  const { next: cursor = "" } = ask({}) as Message<"page">;
  expect(ask({ cursor })).toMatchObject({ type: "page", entries: [{ seq: 1 }] });
  const fields = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
  const [version, digest, below] = fields as [number, number, unknown[]];
  const forged = (...others: unknown[]) =>
    Buffer.from(JSON.stringify(others)).toString("base64url");
  const bad = [
    "x",
    cursor.slice(0, 5),
    forged(),
    forged(version + 1, digest, below, null),
    forged(version, digest, [...below, 1], null),
    forged(version, digest, ["1", "lobby", 1], null),
    forged(version, digest, [1, 2, 3], null),
    forged(version, digest, [-1, "lobby", 0.5], null),
    forged(version, digest, null, ["lobby", null, null]),
    forged(version, digest, null, ["lobby", 5, [1]]),
    forged(version, digest, null, {}),
  ];
  for (const one of bad) {
    expect(ask({ cursor: one })).toMatchObject({ code: "invalid_message", field: "cursor" });
  }
  for (const other of [{ query: "채팅" }, { room: "lobby" }, { from: "jun" }, { since: 1 }]) {
    expect(ask({ cursor, ...other })).toMatchObject({ code: "invalid_message", field: "cursor" });
  }
  // Whatever it says, it shows nothing that the asker may not read.
  const elsewhere = forged(version, digest, null, ["@eve+jun", 1e9, null]);
  const page = ask({ cursor: elsewhere, limit: 20 }) as Message<"page">;
  expect(page.entries.map(({ room }) => room)).toEqual(["lobby", "other", "@jun+mina"]);
});

test("a question that can't be answered says what is wrong with it", () => {
  const { mina } = talk(new ChatFixture());
  const ask = (fields: Partial<Fields<"search">>) =>
    mina.ask("search", { query: "x y", limit: 5, ...fields });
  expect(ask({ query: "?!" })).toMatchObject({ code: "invalid_message", field: "query" });
  expect(ask({ from: "a b" })).toMatchObject({ code: "invalid_message", field: "from" });
  expect(ask({ before: 3 })).toMatchObject({ code: "invalid_message", field: "before" });
  expect(ask({ room: "@" })).toMatchObject({ code: "invalid_message", field: "room" });
});

test("a search takes from the budget of old entries like a page of history", () => {
  const fixture = new ChatFixture({ readBurstBytes: 131_072, readRateBytes: 65_536 });
  const { mina } = talk(fixture);
  const ask = () => mina.ask("search", { query: "배포", limit: 5 });
  // What isn't read is given back: small answers can be had as often as one likes.
  for (let turn = 0; turn < 20; turn += 1) expect(ask()).toMatchObject({ type: "page" });
});
