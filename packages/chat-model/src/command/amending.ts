// The commands about a message: /reply, /edit, /redact, /react, /unreact.
// Without a number each means the last message that it can be about. Pure.

import { parseFormerEmoji } from "@maru/protocol/chat";
import { type Model, unsaidProblem } from "../model/model.ts";
import { lastOf } from "../model/quote.ts";
import type { RoomModel } from "../model/room-model.ts";
import { type Effect, type Step, step } from "../model/step.ts";
import { reactionOf } from "./reaction-of.ts";
import { inRoom, numbered, refuse, type SlashCommand } from "./slash-command.ts";

export const amendingCommands: readonly SlashCommand[] = [
  {
    name: "reply",
    usage: "[SEQ] TEXT",
    about: "answer a message: the last one of somebody else, or number SEQ",
    run: reply,
  },
  {
    name: "edit",
    usage: "[SEQ] TEXT",
    about: "put TEXT in the place of what you said last, or of number SEQ",
    run: edit,
  },
  {
    name: "redact",
    usage: "[SEQ] [REASON]",
    about: "take back what you said last, or number SEQ",
    run: redact,
  },
  { name: "delete", usage: "[SEQ] [REASON]", about: "the same as /redact", run: redact },
  {
    name: "react",
    usage: "[SEQ] EMOJI",
    about: "an emoji, or its name, under the last message of somebody else, or number SEQ",
    run: (model, argument) => react(model, argument, false),
  },
  {
    name: "unreact",
    usage: "[SEQ] EMOJI",
    about: "take your emoji back",
    run: (model, argument) => react(model, argument, true),
  },
];

function reply(model: Model, argument: string): Step {
  const { seq, rest: text } = numbered(argument);
  if (text === "") return refuse(model, "what is the answer? /reply [SEQ] TEXT");
  return about(model, seq ?? "others", ({ name: room }, replyTo) => ({
    type: "send",
    room,
    text,
    action: false,
    replyTo,
  }));
}

function edit(model: Model, argument: string): Step {
  const { seq, rest: text } = numbered(argument);
  if (text === "") return refuse(model, "what should it say? /edit [SEQ] TEXT");
  return about(model, seq ?? "own", ({ name: room }, target) => ({
    type: "edit",
    room,
    target,
    text,
  }));
}

function redact(model: Model, argument: string): Step {
  const { seq, rest: reason } = numbered(argument);
  return about(model, seq ?? "own", ({ name: room }, target) => ({
    type: "redact",
    room,
    target,
    reason,
  }));
}

function react(model: Model, argument: string, remove: boolean): Step {
  const { seq, rest } = numbered(argument);
  // A number alone is a character like any other.
  const target = rest === "" ? null : seq;
  const given = rest === "" ? argument : rest;
  const emoji = reactionOf(given) ?? (remove ? parseFormerEmoji(given) : null);
  if (emoji === null) {
    return refuse(
      model,
      `one emoji, or its name (heart, +1): /${remove ? "unreact" : "react"} [SEQ] EMOJI`,
    );
  }
  return about(model, target ?? "others", ({ name: room }, message) => ({
    type: "react",
    room,
    target: message,
    emoji,
    remove,
  }));
}

/** The effect on a message of the room one is in: on this seq, or the last of oneself or others. */
function about(
  model: Model,
  which: number | "own" | "others",
  effect: (room: RoomModel, seq: number) => Effect,
): Step {
  return inRoom(model, (room) => {
    // What is on its way has no seq yet; whatever was said before it is not what is meant.
    const unsaid = which === "own" ? unsaidProblem(model, room) : null;
    if (unsaid !== null) return refuse(model, unsaid);
    const seq = typeof which === "number" ? which : lastOf(model, room, which === "own");
    if (seq !== null) return step(model, { effects: [effect(room, seq)] });
    const whose = which === "own" ? "of yours" : "of anybody else";
    const how = model.isRedrawn ? "select one to see its number" : "/last shows their numbers";
    return refuse(model, `which message? none ${whose} was shown here; ${how}`);
  });
}
