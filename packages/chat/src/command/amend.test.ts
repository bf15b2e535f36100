// Edits, redactions and reactions: entries of the room like any other, and what pages make of them.

import { expect, test } from "bun:test";
import { ChatFixture, type Message, type Visitor } from "../../test/chat-fixture.ts";
import { reactionKindsPerAccountMax } from "../entry/judge-amendment.ts";

function pair(fixture: ChatFixture): { mina: Visitor; jun: Visitor } {
  const [mina, jun] = [fixture.guest("mina"), fixture.guest("jun")];
  for (const visitor of [mina, jun]) visitor.ask("join", { room: "lobby" });
  mina.ask("send", { room: "lobby", text: "helo", cid: "c1" });
  jun.events();
  mina.events();
  return { mina, jun };
}

function page(visitor: Visitor) {
  return visitor.ask("history", { room: "lobby", limit: 50 }) as Message<"page">;
}

test("an edit is an entry that every member sees, and pages show the message as it is now", () => {
  const { mina, jun } = pair(new ChatFixture());
  const sent = mina.ask("edit", { room: "lobby", target: 1, text: "hello" });
  expect(sent).toMatchObject({ type: "sent", seq: 2, duplicate: false });
  expect(jun.events()).toMatchObject([{ type: "edit", seq: 2, target: 1, text: "hello" }]);
  expect(page(jun)).toMatchObject({
    head: 2,
    entries: [
      { type: "message", seq: 1, text: "hello", edited: 2 },
      { type: "edit", seq: 2 },
    ],
  });
});

test("what was redacted is nowhere to be read: not in the message, not in its edits", () => {
  const { mina, jun } = pair(new ChatFixture());
  mina.ask("edit", { room: "lobby", target: 1, text: "a secret" });
  mina.ask("redact", { room: "lobby", target: 1, reason: "oops" });
  expect(jun.events().at(-1)).toMatchObject({ type: "redaction", target: 1, reason: "oops" });
  const { entries } = page(jun);
  expect(entries[0]).toMatchObject({ text: "", redacted: true });
  expect(JSON.stringify(entries)).not.toContain("secret");
  const rejoined = jun.ask("join", { room: "lobby", after: 0 });
  expect(rejoined).toMatchObject({ recovered: true });
  expect(JSON.stringify(jun.events())).not.toContain("secret");
});

test("only the author edits and redacts, and only what is there and not redacted", () => {
  const { mina, jun } = pair(new ChatFixture());
  const edit = (visitor: Visitor, target: number) =>
    visitor.ask("edit", { room: "lobby", target, text: "x" });
  const redact = (visitor: Visitor, target: number) =>
    visitor.ask("redact", { room: "lobby", target });
  expect(edit(jun, 1)).toMatchObject({ code: "forbidden", field: "target" });
  expect(redact(jun, 1)).toMatchObject({ code: "forbidden", field: "target" });
  expect(edit(mina, 9)).toMatchObject({ code: "no_such_entry", field: "target" });
  mina.ask("topic", { room: "lobby", topic: "t" });
  expect(edit(mina, 2)).toMatchObject({ code: "no_such_entry" });
  expect(redact(mina, 1)).toMatchObject({ type: "sent" });
  expect(edit(mina, 1)).toMatchObject({ code: "no_such_entry" });
  expect(redact(mina, 1)).toMatchObject({ code: "no_such_entry" });
  expect(jun.ask("react", { room: "lobby", target: 1, emoji: "👍" })).toMatchObject({
    code: "no_such_entry",
  });
});

test("a reaction counts once for each person, and the same one again is the one of before", () => {
  const { mina, jun } = pair(new ChatFixture());
  const react = (visitor: Visitor, remove = false) =>
    visitor.ask("react", { room: "lobby", target: 1, emoji: "👍", ...(remove && { remove }) });
  expect(react(jun)).toMatchObject({ seq: 2, duplicate: false });
  expect(react(jun)).toMatchObject({ seq: 2, duplicate: true });
  expect(react(mina)).toMatchObject({ seq: 3 });
  expect(page(mina).entries[0]).toMatchObject({
    reactions: [{ emoji: "👍", count: 2, from: ["jun", "mina"] }],
  });
  expect(react(jun, true)).toMatchObject({ seq: 4 });
  expect(react(jun, true)).toMatchObject({ code: "no_such_entry" });
  expect(react(mina, true)).toMatchObject({ seq: 5 });
  expect(page(mina).entries[0]).not.toHaveProperty("reactions");
  expect(react(jun)).toMatchObject({ seq: 6, duplicate: false });
});

test("a sign is one reaction however it is spelled, for every member and to take back", () => {
  const spellings: readonly (readonly [string, string, string])[] = [
    ["❤️", "❤", "❤\ufe0e"],
    ["👍", "👍\ufe0f", "👍\u200d"],
    ["1️⃣", "1\u20e3", "1\ufe0e\u20e3"],
    ["é", "e\u0301", "é\ufe0f"],
    ["🏳️‍🌈", "🏳\u200d🌈", "🏳\ufe0e\u200d🌈\ufe0f"],
    ["☝🏽", "☝\ufe0f🏽", "☝🏽\ufe0f"],
  ];
  for (const [sign, one, other] of spellings) {
    const { mina, jun } = pair(new ChatFixture());
    const react = (visitor: Visitor, emoji: string, remove = {}) =>
      visitor.ask("react", { room: "lobby", target: 1, emoji, ...remove });
    expect(react(jun, one)).toMatchObject({ duplicate: false });
    expect(react(jun, other)).toMatchObject({ duplicate: true });
    expect(react(mina, sign)).toMatchObject({ duplicate: false });
    const reactions = [{ emoji: sign, count: 2, from: ["jun", "mina"] }];
    expect(page(mina).entries).toMatchObject([
      { reactions },
      { type: "reaction", emoji: sign },
      { type: "reaction", emoji: sign },
    ]);
    expect(react(jun, other, { remove: true })).toMatchObject({ type: "sent" });
    expect(react(mina, one, { remove: true })).toMatchObject({ type: "sent" });
    expect(page(mina).entries[0]).not.toHaveProperty("reactions");
  }
});

test("what is no reaction any more is not put, but may be taken back", () => {
  const { jun } = pair(new ChatFixture());
  for (const emoji of ["👍🏽🏽", "🐧\u200d🍕", "\u2800"]) {
    const react = { room: "lobby", target: 1, emoji } as const;
    expect(jun.ask("react", react)).toMatchObject({ code: "invalid_message" });
    expect(jun.ask("react", { ...react, remove: true })).toMatchObject({ code: "no_such_entry" });
  }
});

test("a skin tone makes another reaction", () => {
  const { jun } = pair(new ChatFixture());
  for (const emoji of ["👍", "👍🏽", "👍🏿"]) {
    const reply = jun.ask("react", { room: "lobby", target: 1, emoji });
    expect(reply).toMatchObject({ duplicate: false });
  }
});

test("a reaction is one visible character, and a message has only so many different ones", () => {
  const { jun } = pair(new ChatFixture());
  const react = (emoji: string) => jun.ask("react", { room: "lobby", target: 1, emoji });
  for (const emoji of [
    "no",
    " ",
    "\u200d",
    "\u2800",
    "👍🏽🏽",
    "🐧\u200d🍕",
    "🏴\u{e0078}\u{e007f}",
  ]) {
    expect(react(emoji)).toMatchObject({ code: "invalid_message", field: "emoji" });
  }
  for (let one = 0; one < reactionKindsPerAccountMax; one += 1) {
    expect(react(String.fromCodePoint(0x1f600 + one))).toMatchObject({ type: "sent" });
  }
  expect(react("👍")).toMatchObject({ code: "too_many_reactions", field: "target" });
  expect(react("😀")).toMatchObject({ duplicate: true });
});

test("an amendment with a cid that was stored is the one that was stored", () => {
  const { mina } = pair(new ChatFixture());
  const edit = (text: string) => mina.ask("edit", { room: "lobby", target: 1, text, cid: "e1" });
  expect(edit("one")).toMatchObject({ seq: 2, duplicate: false });
  expect(edit("two")).toMatchObject({ seq: 2, duplicate: true });
  expect(page(mina).entries[0]).toMatchObject({ text: "one" });
});

test("amendments are for members, and texts have their bound", () => {
  const fixture = new ChatFixture();
  const { mina } = pair(fixture);
  const eve = fixture.guest("eve");
  for (const reply of [
    eve.ask("edit", { room: "lobby", target: 1, text: "x" }),
    eve.ask("redact", { room: "lobby", target: 1 }),
    eve.ask("react", { room: "lobby", target: 1, emoji: "👍" }),
  ]) {
    expect(reply).toMatchObject({ code: "not_joined" });
  }
  const long = mina.ask("edit", { room: "lobby", target: 1, text: "가".repeat(2_731) });
  expect(long).toMatchObject({ code: "invalid_message", field: "text" });
});
