// A message after what was done to it.

import { expect, test } from "bun:test";
import { amend, mergeReactions, reactionNamesMax, reactionNamesUnitsMax } from "./amend.ts";
import type { Amendment, EntryOf } from "./events.ts";

const said: EntryOf<"message"> = {
  type: "message",
  room: "lobby",
  seq: 1,
  at: 0,
  from: "mina",
  text: "helo",
  replyTo: 7,
};
const about = (seq: number, from = "mina") => ({ room: "lobby", seq, at: seq, from, target: 1 });
const after = (...amendments: Amendment[]) => amendments.reduce(amend, said);
const react = (seq: number, from: string, emoji = "👍"): Amendment => ({
  type: "reaction",
  ...about(seq, from),
  emoji,
});
const takeBack = (seq: number, from: string, emoji = "👍"): Amendment => ({
  ...(react(seq, from, emoji) as EntryOf<"reaction">),
  removed: true,
});

test("the last edit is the text, and is named", () => {
  const edited = after(
    { type: "edit", ...about(2), text: "hell" },
    { type: "edit", ...about(3), text: "hello" },
  );
  expect(edited).toEqual({ ...said, text: "hello", edited: 3, asOf: 3 });
});

test("a redaction leaves who and when, and nothing that comes later brings anything back", () => {
  const redacted = after(
    react(2, "jun"),
    { type: "edit", ...about(3), text: "secret" },
    { type: "redaction", ...about(4), reason: "no" },
    { type: "edit", ...about(5), text: "again" },
    react(6, "jun"),
  );
  expect(redacted).toEqual({ ...said, text: "", redacted: true, asOf: 4 });
});

test("reactions are counted by emoji in the order of the first, and named", () => {
  expect(after(react(2, "jun"), react(3, "ara", "🎉"), react(4, "mina")).reactions).toEqual([
    { emoji: "👍", count: 2, from: ["jun", "mina"] },
    { emoji: "🎉", count: 1, from: ["ara"] },
  ]);
});

test("what is taken back is gone, the last one with its emoji, and with it the field", () => {
  expect(after(react(2, "jun"), react(3, "ara"), takeBack(4, "jun")).reactions).toEqual([
    { emoji: "👍", count: 1, from: ["ara"] },
  ]);
  expect(after(react(2, "jun"), takeBack(3, "jun"))).toEqual({ ...said, asOf: 3 });
  expect(after(takeBack(3, "jun"))).toEqual({ ...said, asOf: 3 });
});

test("what a message shows already changes it no more, in whatever order it comes again", () => {
  const all = [react(2, "jun"), react(3, "ara"), takeBack(4, "jun")];
  const once = after(...all);
  expect([...all, ...all].reduce(amend, once)).toEqual(once);
  expect(amend(once, react(5, "jun")).reactions?.[0]?.count).toBe(2);
});

test("a summary names the first ones and counts the rest", () => {
  const people = Array.from({ length: reactionNamesMax + 1 }, (_, index) => `p${index}`);
  const all = people.map((name, index) => react(index + 2, name));
  expect(after(...all).reactions).toEqual([
    { emoji: "👍", count: people.length, from: people.slice(0, reactionNamesMax) },
  ]);
  const back = takeBack(99, people.at(-1) as string);
  expect(after(...all, back).reactions?.[0]).toMatchObject({ count: reactionNamesMax });
});

test("names are named only as far as a frame holds them, however long they are", () => {
  const long = "x".repeat(reactionNamesUnitsMax / 2);
  const two = after(react(2, long), react(3, long, "🎉"));
  expect(two.reactions?.map(({ from }) => from.length)).toEqual([1, 1]);
  const three = amend(two, react(4, "y", "🎉"));
  expect(three.reactions?.[1]).toEqual({ emoji: "🎉", count: 2, from: [long] });
});

test("reactions in several spellings are one, and who stands under two counts once", () => {
  expect(
    mergeReactions([
      { emoji: "❤", count: 2, from: ["ann", "bob"] },
      { emoji: "👍", count: 1, from: ["cat"] },
      { emoji: "❤️", count: 3, from: ["bob", "dan"] },
    ]),
  ).toEqual([
    { emoji: "❤️", count: 4, from: ["ann", "bob", "dan"] },
    { emoji: "👍", count: 1, from: ["cat"] },
  ]);
});

test("a reaction is the same in any spelling, and shown in its one", () => {
  const hearted = after(react(2, "mina", "❤"), react(3, "jun", "❤️"), react(4, "ann", "❤︎"));
  expect(hearted.reactions).toEqual([{ emoji: "❤️", count: 3, from: ["mina", "jun", "ann"] }]);
  const less = [takeBack(5, "mina", "❤️"), takeBack(6, "jun", "❤"), takeBack(7, "ann", "❤")];
  expect(less.reduce(amend, hearted).reactions).toBeUndefined();
});
