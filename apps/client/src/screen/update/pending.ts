// What was said and is not in the log yet: on its way, or refused and kept until it is sent again or
// dropped. Pure.

import type { Effect, Input, Unsaid } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import { remember } from "@maru/tui/editor";
import type { Pending, ScreenModel } from "../model/screen-model.ts";
import { type ScreenEffect, type ScreenStep, stay } from "../model/screen-step.ts";
import { showToast } from "./toast.ts";

type Send = Extract<Effect, { type: "send" }>;

/** The model with other pending messages, which the chat counts by their rooms. */
export function withPending(model: ScreenModel, pending: readonly Pending[]): ScreenModel {
  const unsaid = new Map<NameKey, Unsaid>();
  for (const { room, problem } of pending) {
    const { waiting = 0, refused = 0 } = unsaid.get(roomKey(room)) ?? {};
    const counts =
      problem === null ? { waiting: waiting + 1, refused } : { waiting, refused: refused + 1 };
    unsaid.set(roomKey(room), counts);
  }
  return { ...model, pending, chat: { ...model.chat, unsaid } };
}

/** The model with everything that `effects` send pending, each under an id of its own. */
export function withSends(model: ScreenModel, effects: readonly ScreenEffect[]): ScreenStep {
  let next = model;
  const named = effects.map((effect) => {
    if (effect.type !== "send" || effect.id !== undefined) return effect;
    next = withSaid(next, effect);
    return { ...effect, id: next.saidCount };
  });
  return { model: next, effects: named };
}

function withSaid(model: ScreenModel, send: Send): ScreenModel {
  const { room, text, action } = send;
  const replyTo = send.replyTo ?? null;
  const id = model.saidCount + 1;
  const sinceMs = model.chat.nowMs;
  const said: Pending = { id, room, text, isAction: action, replyTo, sinceMs, problem: null };
  return withPending({ ...model, saidCount: id }, [...model.pending, said]);
}

/** What became of something that was said. */
export function settleSend(
  model: ScreenModel,
  input: Extract<Input, { type: "said" | "failed" }>,
): ScreenModel {
  if (input.type === "said") {
    return withPending(
      model,
      model.pending.filter(({ id }) => id !== input.id),
    );
  }
  const { effect, error } = input;
  if (effect.type !== "send") return model;
  const pending = model.pending.map((each) =>
    each.id === effect.id ? { ...each, problem: error.message } : each,
  );
  return withPending(model, pending);
}

export const failedOf = ({ pending }: ScreenModel): readonly Pending[] =>
  pending.filter(({ problem }) => problem !== null);

/** Sends again what was refused: all of it, or one. */
export function retry(model: ScreenModel, only: number | null = null): ScreenStep {
  const again = failedOf(model).filter(({ id }) => only === null || id === only);
  if (again.length === 0) return stay(showToast(model, "nothing has failed"));
  const sends = again.map(({ id, room: first, text, isAction: action, replyTo }): Send => {
    const room = model.chat.rooms.get(roomKey(first))?.moved?.room ?? first;
    // A seq means another message, or none, where the conversation goes on.
    const answers = replyTo === null || room !== first ? {} : { replyTo };
    return { type: "send", id, room, text, action, ...answers };
  });
  const places = new Map(sends.map(({ id, room }) => [id, room]));
  const pending = model.pending.map((each) => {
    const room = places.get(each.id);
    return room === undefined ? each : { ...each, room, problem: null, sinceMs: model.chat.nowMs };
  });
  return { model: withPending(model, pending), effects: sends };
}

/** Forgets what was refused in the current room, or one; its text goes into the input history. */
export function drop(model: ScreenModel, only: number | null = null): ScreenStep {
  const isGone = ({ id, room, problem }: Pending) =>
    problem !== null && (only === null ? roomKey(room) === model.chat.current : id === only);
  const gone = model.pending.filter(isGone);
  if (gone.length === 0) return stay(showToast(model, "nothing has failed here"));
  const pending = model.pending.filter((each) => !isGone(each));
  const effects = gone.map(({ id }): ScreenEffect => ({ type: "forget", id }));
  const isKnown = (text: string) => model.history.entries.includes(text);
  const history = gone.reduce(
    (next, { text }) => (isKnown(text) ? next : remember(next, text)),
    model.history,
  );
  return { model: withPending({ ...model, history }, pending), effects };
}
