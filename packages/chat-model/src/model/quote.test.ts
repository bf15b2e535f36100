// How messages are quoted and found again.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { withAmended, withMessage } from "./conversation.ts";
import { createModel, withRoom } from "./model.ts";
import { excerptOf, lastOf, quoteOf } from "./quote.ts";
import type { Message } from "./timeline.ts";

const model = withRoom(createModel("Ann", { phase: "online", nick: "Ann", sinceMs: 0 }), "lobby");
const said = (seq: number, from: string, text: string): Message => ({
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

test("what was taken back is neither the last nor quoted", () => {
  const before = [said(1, "bob", "one"), said(2, "bob", "two")].reduce(withMessage, model);
  const redaction = { type: "redaction", room: "lobby", seq: 3, at: 0, from: "bob", target: 2 };
  const after = withAmended(before, redaction as never);
  const room = after.rooms.get(roomKey("lobby"));
  expect(room && lastOf(after, room, false)).toBe(1);
  expect(room && lastOf(after, room, true)).toBeNull();
  expect(quoteOf(after, "lobby", 2)).toMatchObject({ from: "bob", excerpt: "" });
  expect(quoteOf(after, "lobby", 9)).toEqual({ seq: 9, from: null, excerpt: "" });
});
