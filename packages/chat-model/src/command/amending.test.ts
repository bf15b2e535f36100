// What the commands about a message lead to, with a number and without.

import { expect, test } from "bun:test";
import type { ChatClientState } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import { withAmended, withMessage } from "../model/conversation.ts";
import { createModel, type Model, withRoom } from "../model/model.ts";
import type { Message } from "../model/step.ts";
import { update } from "../update/update.ts";
import { runTyped } from "./run-typed.ts";

const online: ChatClientState = { phase: "online", nick: "ann", sinceMs: 0 };
const nowhere = createModel("ann", online);
const empty: Model = {
  ...withRoom(nowhere, "lobby", { memberCount: 2 }),
  current: roomKey("lobby"),
};
const said = (seq: number, from: string): Message => ({
  type: "message",
  room: "lobby",
  seq,
  at: 0,
  from,
  text: `text ${seq}`,
});
const inLobby = [said(3, "ann"), said(4, "ann"), said(5, "bob"), said(6, "cat")].reduce(
  withMessage,
  empty,
);

const effectsOf = (line: string, model = inLobby) => runTyped(model, line).effects;
const saysOf = (line: string, model = inLobby) =>
  runTyped(model, line).lines.map((each) => each.text);
const room = "lobby";

test("an edit is of what one said last, or of a number", () => {
  expect(effectsOf("/edit so it is")).toEqual([
    { type: "edit", room, target: 4, text: "so it is" },
  ]);
  const third = [{ type: "edit", room, target: 3, text: "so" }];
  expect(effectsOf("/edit 3 so")).toEqual(third as never);
  expect(effectsOf("/edit #3  so")).toEqual(third as never);
  expect(saysOf("/edit")[0]).toContain("/edit [SEQ] TEXT");
  expect(saysOf("/edit 3")[0]).toContain("/edit [SEQ] TEXT");
});

test("redacting takes a reason or none, and passes over what is taken back already", () => {
  expect(effectsOf("/redact")).toEqual([{ type: "redact", room, target: 4, reason: "" }]);
  expect(effectsOf("/delete 3 wrong room")).toEqual([
    { type: "redact", room, target: 3, reason: "wrong room" },
  ]);
  const redaction = { type: "redaction", room, seq: 7, at: 0, from: "ann", target: 4 } as const;
  const without = withAmended(inLobby, redaction);
  expect(effectsOf("/redact oops", without)).toEqual([
    { type: "redact", room, target: 3, reason: "oops" },
  ]);
});

test("reactions and replies go to another's last message", () => {
  expect(effectsOf("/react 👍")).toEqual([
    { type: "react", room, target: 6, emoji: "👍", remove: false },
  ]);
  expect(effectsOf("/unreact 5 👍")).toEqual([
    { type: "react", room, target: 5, emoji: "👍", remove: true },
  ]);
  expect(effectsOf("/react 1")).toMatchObject([{ target: 6, emoji: "1" }]);
  expect(saysOf("/react 5 thumbs")).toEqual([
    "one emoji, or its name (heart, +1): /react [SEQ] EMOJI",
  ]);
  expect(saysOf("/unreact")).toEqual(["one emoji, or its name (heart, +1): /unreact [SEQ] EMOJI"]);
  expect(effectsOf("/reply 네")).toEqual([
    { type: "send", room, text: "네", action: false, replyTo: 6 },
  ]);
  expect(effectsOf("/reply 5 네")).toMatchObject([{ replyTo: 5 }]);
});

test("where there is no message to mean, it says how to name one", () => {
  expect(saysOf("/edit x", empty)[0]).toContain("/last shows their numbers");
  expect(saysOf("/react 👍", empty)[0]).toContain("none of anybody else");
  expect(saysOf("/edit x", nowhere)).toEqual(["you are in no room: /join ROOM"]);
});

test("an edit waits for what was said last to arrive: an older message is not what is meant", () => {
  const saying = update(inLobby, { type: "typed", line: "teh end" }).model;
  expect(saysOf("/edit the end", saying)[0]).toContain("not there yet");
  expect(effectsOf("/edit 4 x", saying)).toHaveLength(1);
  const taken = update(saying, { type: "said", room }).model;
  const event = { ...said(7, "ann"), text: "teh end" };
  const shown = update(taken, { type: "event", event }).model;
  expect(effectsOf("/edit the end", shown)).toMatchObject([{ target: 7 }]);
});
