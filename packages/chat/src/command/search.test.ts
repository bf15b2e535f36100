// Search, as far as the hub judges it: who may find what, and which questions make sense.

import { expect, test } from "bun:test";
import { type Fields, type Message, Stage, type Visitor } from "../../test/stage.ts";

function texts(visitor: Visitor, query: string, fields: Partial<Fields<"search">> = {}): string[] {
  const page = visitor.ask("search", { query, limit: 20, ...fields }) as Message<"page">;
  return page.entries.map((entry) => (entry.type === "message" ? entry.text : entry.type));
}

function talk(stage: Stage) {
  const [mina, jun] = [stage.guest("mina"), stage.guest("jun")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "lobby" });
  mina.ask("join", { room: "other" });
  const say = (who: Visitor, room: string, text: string) => {
    stage.now += 1_000;
    who.ask("send", { room, text });
  };
  say(mina, "lobby", "채팅서버를 배포했어요");
  say(jun, "lobby", "the deployment is done");
  say(mina, "other", "배포는 내일 또 해요");
  say(mina, "@jun+mina", "배포 비밀번호");
  return { mina, jun };
}

test("finds Korean inside words, and Latin words, in the order of their times", () => {
  const { mina } = talk(new Stage());
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
  const stage = new Stage();
  const { jun } = talk(stage);
  expect(texts(jun, "배포")).toEqual(["채팅서버를 배포했어요", "배포 비밀번호"]);
  const eve = stage.guest("eve");
  expect(texts(eve, "배포")).toEqual([]);
  const search = (room: string) => eve.ask("search", { query: "배포", limit: 5, room });
  expect(search("lobby")).toMatchObject({ code: "not_joined" });
  expect(search("@jun+mina")).toMatchObject({ code: "forbidden" });
  jun.ask("leave", { room: "lobby" });
  expect(texts(jun, "배포")).toEqual(["배포 비밀번호"]);
});

test("by sender and by time", () => {
  const stage = new Stage();
  const { mina } = talk(stage);
  expect(texts(mina, "배포", { from: "JUN" })).toEqual([]);
  expect(texts(mina, "done", { from: "jun" })).toEqual(["the deployment is done"]);
  expect(texts(mina, "배포", { since: stage.now })).toEqual(["배포 비밀번호"]);
  expect(texts(mina, "배포", { until: stage.now - 3_000 })).toEqual(["채팅서버를 배포했어요"]);
});

test("what was edited is found by what it says now, what was redacted not at all", () => {
  const { mina } = talk(new Stage());
  mina.ask("edit", { room: "lobby", target: 1, text: "나중에 할게요" });
  expect(texts(mina, "배포", { room: "lobby" })).toEqual([]);
  expect(texts(mina, "나중에")).toEqual(["나중에 할게요"]);
  mina.ask("redact", { room: "lobby", target: 1 });
  expect(texts(mina, "나중에")).toEqual([]);
});

test("pages backward by seq in a room", () => {
  const stage = new Stage();
  const mina = stage.guest("mina");
  mina.ask("join", { room: "a" });
  for (let line = 1; line <= 5; line += 1) mina.ask("send", { room: "a", text: `hit ${line}` });
  const ask = (before?: number) =>
    mina.ask("search", { query: "hit", room: "a", limit: 2, ...(before && { before }) });
  expect(ask()).toMatchObject({ entries: [{ seq: 4 }, { seq: 5 }], more: true });
  expect(ask(4)).toMatchObject({ entries: [{ seq: 2 }, { seq: 3 }], more: true });
  expect(ask(2)).toMatchObject({ entries: [{ seq: 1 }], more: false });
});

test("a question that can't be answered says what is wrong with it", () => {
  const { mina } = talk(new Stage());
  const ask = (fields: Partial<Fields<"search">>) =>
    mina.ask("search", { query: "x y", limit: 5, ...fields });
  expect(ask({ query: "?!" })).toMatchObject({ code: "invalid_message", field: "query" });
  expect(ask({ from: "a b" })).toMatchObject({ code: "invalid_message", field: "from" });
  expect(ask({ before: 3 })).toMatchObject({ code: "invalid_message", field: "before" });
  expect(ask({ room: "@" })).toMatchObject({ code: "invalid_message", field: "room" });
});

test("a search takes from the budget of old entries like a page of history", () => {
  const stage = new Stage({ readBurstBytes: 131_072, readRateBytes: 65_536 });
  const { mina } = talk(stage);
  const ask = () => mina.ask("search", { query: "배포", limit: 5 });
  // What isn't read is given back: small answers can be had as often as one likes.
  for (let turn = 0; turn < 20; turn += 1) expect(ask()).toMatchObject({ type: "page" });
});
