// Parts of a room's log: asked for, late, failing, and never with a hole behind them.

import { expect, test } from "bun:test";
import {
  inLobby,
  logOf,
  online,
  pageOf,
  reading,
  Script as Screen,
  type Script,
  said,
  waiting,
} from "../../../test/fixtures/scripted-screen.ts";

const wanted = (script: Script) => script.asked("page").map((page) => page.wanted);
const isWhole = ({ seqs }: Script) =>
  seqs.every((seq, at) => at === 0 || seq === (seqs[at - 1] ?? 0) + 1);
const notPaged = (script: Script) => {
  const page = script.asked("page").at(-1);
  if (page === undefined) throw new Error("no page was asked for");
  script.do({ type: "not-paged", room: page.room, wanted: page.wanted, message: "It failed." });
};

test("a room that one comes to is filled with its newest messages", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  expect(wanted(script)).toEqual([{ part: "newest" }]);
  script.answer(logOf("lobby", 300));
  expect([script.seqs.length, script.seqs.at(-1), script.room.read]).toEqual([100, 300, 300]);
  expect(wanted(script)).toHaveLength(1);
});

test("a page that can't be had is told of once, and asked for again by a key only", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  notPaged(script);
  expect(script.toast).toBe("no newest messages: It failed.");
  script.nowMs += 60_000;
  script.do({ type: "ticked" }, { type: "due" });
  script.event(said("lobby", 301));
  expect([script.model.toast, wanted(script).length]).toEqual([null, 1]);
  script.press("pageup");
  expect(wanted(script)).toHaveLength(2);
});

test("it is asked for again after a reconnect, once the room is joined again", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  notPaged(script);
  script.event({ type: "state", state: waiting });
  script.event({ type: "state", state: online });
  expect(wanted(script)).toHaveLength(1);
  script.joins("lobby", 300, { again: true });
  expect(wanted(script)).toHaveLength(2);
});

test("a page on its way when the connection is lost is not asked for a second time", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  script.event({ type: "state", state: waiting });
  script.event({ type: "state", state: online });
  script.joins("lobby", 300, { again: true });
  expect(wanted(script)).toHaveLength(1);
  script.answer(logOf("lobby", 300));
  expect(script.seqs).toHaveLength(100);
});

test("what arrives live between the request for the newest page and its answer is kept", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  const log = logOf("lobby", 302);
  script.event(said("lobby", 301));
  script.event(said("lobby", 302));
  script.do(pageOf(log.slice(0, 301), "lobby", { part: "newest" }));
  expect([isWhole(script), script.seqs.at(-1), script.room.read]).toEqual([true, 302, 302]);
});

test("what the page shows before its event comes is counted by the event", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  script.do({ type: "focused", isFocused: false });
  script.answer(logOf("lobby", 301));
  expect(script.seqs.at(-1)).toBe(301);
  script.event(said("lobby", 301, "bob", "@mina look"));
  expect([script.room.unread, script.room.mentions, script.seqs.at(-1)]).toEqual([1, 1, 301]);
  expect(script.asked("call")).toHaveLength(1);
});

function searched(seq: number): Script {
  const script = reading(900);
  script.enter("/search tea");
  const messages = [said("lobby", seq)];
  script.do({ type: "found", query: "tea", messages, next: null, isBehind: false });
  script.press("enter");
  return script;
}

test("a search hit that is not held is fetched, shown in its surroundings and chosen", () => {
  const script = searched(300);
  expect(wanted(script).at(-1)).toEqual({ part: "around", seq: 300 });
  script.answer(logOf("lobby", 900));
  expect([script.seqs[0], script.seqs.at(-1), script.model.selected]).toEqual([250, 349, 300]);
  expect([script.room.timeline.hasOlder, script.room.timeline.hasNewer]).toEqual([true, true]);
});

test("a search marks nothing as read", () => {
  const script = searched(300);
  script.event(said("lobby", 901));
  script.answer(logOf("lobby", 901));
  expect(script.room).toMatchObject({ read: 900, unread: 1 });
});

test("the way back to the end leads over the newest page, with what came live meanwhile", () => {
  const script = searched(300);
  script.answer(logOf("lobby", 900));
  script.event(said("lobby", 901));
  script.press("alt-end");
  expect([wanted(script).at(-1), script.room.read]).toEqual([{ part: "newest" }, 900]);
  script.event(said("lobby", 902));
  // It was made before the last one was said.
  script.do(pageOf(logOf("lobby", 901), "lobby", { part: "newest" }));
  expect(wanted(script).filter(({ part }) => part === "newest")).toHaveLength(3);
  script.answer(logOf("lobby", 902));
  expect([script.seqs.at(-1), isWhole(script), script.room.read]).toEqual([902, true, 902]);
});

test("further down from there the next pages join, to the end", () => {
  const script = searched(840);
  const log = logOf("lobby", 900);
  script.answer(log);
  for (let times = 0; times < 12; times += 1) {
    script.press("pagedown");
    if (script.model.loading.size > 0) script.answer(log);
  }
  expect([script.anchor, script.seqs.at(-1), isWhole(script)]).toEqual([null, 900, true]);
});

test("a page that comes after the person went elsewhere does not move them", () => {
  const script = searched(300);
  script.press("alt-end");
  script.answer(logOf("lobby", 900));
  expect([script.anchor, script.seqs.at(-1), script.model.selected]).toEqual([null, 900, null]);
});

test("a place that is wanted while another page comes is asked for behind it", () => {
  const script = reading(900);
  for (let times = 0; times < 8; times += 1) script.press("pageup");
  expect(wanted(script).at(-1)?.part).toBe("older");
  script.enter("/goto 3000d");
  expect(wanted(script)).toHaveLength(2);
  script.answer(logOf("lobby", 900));
  expect(wanted(script).at(-1)?.part).toBe("at");
});

test("without a connection it is said that a place can't be had", () => {
  const script = reading(900);
  script.event({ type: "state", state: waiting });
  script.enter("/goto 3000d");
  expect([wanted(script).length, script.model.jump]).toEqual([1, null]);
  expect(script.toast).toContain("only while you are online");
});

test("a time before which nothing was said is told, and a place that can't be had", () => {
  const script = reading(900);
  script.enter("/goto today 23:59");
  script.answer(logOf("lobby", 900));
  expect([script.toast, script.model.jump]).toEqual(["nothing was said then, or later", null]);
  script.enter("/goto 3000d");
  notPaged(script);
  expect([script.toast, script.model.jump]).toEqual(["no messages of that time: It failed.", null]);
});

test("a page that no longer joins what is held is dropped", () => {
  const script = reading(2000);
  script.press("ctrl-home");
  script.press("alt-end");
  const page = script.asked("page").at(-1);
  for (let seq = 2001; seq <= 3200; seq += 1) script.event(said("lobby", seq));
  expect(script.seqs[0]).toBeGreaterThan(1901);
  expect(page?.wanted.part).toBe("older");
  script.answer(logOf("lobby", 3200));
  expect([isWhole(script), script.model.loading.size]).toEqual([true, 0]);
});

test("the newest page is dropped once the person has begun to read where they are", () => {
  const script = searched(300);
  script.answer(logOf("lobby", 900));
  script.press("alt-end", "pageup");
  script.answer(logOf("lobby", 900));
  expect([script.seqs[0], script.anchor === null]).toEqual([250, false]);
});

test("pages on which nothing is shown are passed over, each asked for once", () => {
  const script = new Screen();
  script.enter("/ignore bob");
  script.joins("lobby", 350);
  const log = logOf("lobby", 350).map((entry) =>
    entry.seq <= 20 ? { ...entry, from: "ann" } : entry,
  );
  for (let times = 0; times < 9 && script.model.loading.size > 0; times += 1) script.answer(log);
  expect(script.seqs).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(wanted(script)).toHaveLength(4);
  expect(script.model.loading.size).toBe(0);
});

test("a server that always says that there is more is asked no second time for the same", () => {
  const script = reading(300);
  script.press("ctrl-home");
  const page = { ...pageOf(logOf("lobby", 300), "lobby", { part: "newest" }), more: true };
  script.do({ ...page, wanted: { part: "older", before: 201, joins: 201 } });
  expect([wanted(script).length, script.room.timeline.hasOlder]).toEqual([2, false]);
  expect(isWhole(script)).toBe(true);
});

test("a newest page that what came live has left behind is dropped", () => {
  const script = new Screen({}, { scrollback: 100 });
  script.joins("lobby", 300);
  for (let seq = 301; seq <= 600; seq += 1) script.event(said("lobby", seq));
  script.do(pageOf(logOf("lobby", 300), "lobby", { part: "newest" }));
  expect([isWhole(script), script.seqs.at(-1), script.model.loading.size]).toEqual([true, 600, 0]);
});

test("what is held is bounded, also by who reads further up", () => {
  const script = reading(5000, {}, { scrollback: 200 });
  const log = logOf("lobby", 5000);
  for (let times = 0; times < 20; times += 1) {
    script.press("ctrl-home");
    script.answer(log);
  }
  expect(script.room.timeline.count).toBeLessThanOrEqual(2 * 200 + 64);
  expect([isWhole(script), script.room.timeline.hasNewer]).toEqual([true, true]);
  for (let seq = 5001; seq <= 9000; seq += 1) script.event(said("lobby", seq));
  expect(script.room.timeline.count).toBeLessThanOrEqual(2 * 200 + 64);
});

test("another log of the room takes away all that pointed into the one before", () => {
  const script = searched(300);
  script.answer(logOf("lobby", 900));
  script.press("alt-q");
  script.type("answer");
  script.press("pageup");
  script.joins("lobby", 3, { again: true, epoch: "f" });
  expect([script.anchor, script.model.selected, script.model.compose.kind]).toEqual([
    null,
    null,
    "say",
  ]);
  expect([script.text, wanted(script).at(-1)]).toEqual(["answer", { part: "newest" }]);
  script.answer(logOf("lobby", 3));
  expect([script.seqs, script.room.read]).toEqual([[1, 2, 3], 3]);
});

test("a log whose end the server has lost goes on from there", () => {
  const script = reading(300);
  script.joins("lobby", 290, { again: true });
  script.event({ type: "reset", room: "lobby", after: 290 });
  script.event(said("lobby", 291, "bob", "anew"));
  script.answer([...logOf("lobby", 290), said("lobby", 291, "bob", "anew")]);
  expect([script.seqs.at(-1), isWhole(script), script.room.read]).toEqual([291, true, 291]);
});

test("a conversation that begins with a message can be read back, though it has no join", () => {
  const script = inLobby();
  script.event(said("@bob+mina", 120, "bob", "hi"));
  script.press("alt-3");
  expect(wanted(script).at(-1)).toEqual({ part: "older", before: 120, joins: 120 });
  script.answer(logOf("@bob+mina", 120));
  expect([script.seqs.length, isWhole(script)]).toEqual([101, true]);
});

test("a page for a room that was left meanwhile is nothing", () => {
  const script = new Screen();
  script.joins("lobby", 300);
  script.event({ type: "left", room: "lobby", reason: null });
  script.answer(logOf("lobby", 300));
  expect([script.model.loading.size, script.model.chat.rooms.size]).toEqual([0, 0]);
});

test("a page that was asked for before /clear, and is older than what came since, is dropped", () => {
  const script = new Screen();
  script.joins("lobby", 20);
  for (let seq = 21; seq <= 60; seq += 1) script.event(said("lobby", seq));
  script.enter("/clear");
  script.answer(logOf("lobby", 20));
  expect(script.seqs).toEqual([]);
  script.press("pageup");
  script.answer(logOf("lobby", 60));
  expect(script.seqs.at(-1)).toBe(60);
});
