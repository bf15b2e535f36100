// What is remembered of a room's messages.

import { expect, test } from "bun:test";
import { createModel, withRoom } from "./model.ts";
import { excerptOf, lastOf, quoteOf, recentMax, withRecent, withText } from "./recent.ts";
import type { Message } from "./step.ts";

const model = withRoom(createModel("Ann", { phase: "online", nick: "Ann", sinceMs: 0 }), "lobby");
const said = (seq: number, from = "bob", text = "x"): Message => ({
  type: "message",
  room: "lobby",
  seq,
  at: 0,
  from,
  text,
});

test("quotes the beginning of a first line, and cuts no character", () => {
  expect(excerptOf("short")).toBe("short");
  expect(excerptOf("one\ntwo")).toBe("one…");
  expect(excerptOf("👨‍👩‍👧‍👦".repeat(100))).toMatch(/^(👨‍👩‍👧‍👦)+…$/u);
});

test("keeps the newest, by seq, each once, whatever the order in which they come", () => {
  const live = withRecent(model, "lobby", [said(recentMax + 5)]);
  const older = Array.from({ length: recentMax + 4 }, (_, index) => said(index + 1));
  const all = withRecent(live, "lobby", [...older, said(recentMax + 5, "ann")]);
  const { recent = [] } = all.rooms.get("lobby") ?? {};
  expect([recent.length, recent[0]?.seq, recent.at(-1)?.seq]).toEqual([
    recentMax,
    6,
    recentMax + 5,
  ]);
  expect(recent.at(-1)).toMatchObject({ from: "ann", isOwn: true });
});

test("what was taken back is neither the last nor quoted", () => {
  const before = withRecent(model, "lobby", [said(1, "bob", "one"), said(2, "bob", "two")]);
  const after = withText(before, "lobby", 2, "");
  const room = after.rooms.get("lobby");
  expect(room && lastOf(room, false)).toBe(1);
  expect(quoteOf(after, "lobby", 2)).toMatchObject({ from: "bob", excerpt: "" });
  expect(quoteOf(after, "lobby", 9)).toEqual({ seq: 9, from: null, excerpt: "" });
});
