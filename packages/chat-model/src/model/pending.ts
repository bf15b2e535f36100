// What was said and is not in the log yet: on its way, or refused and kept until it is sent again or
// dropped. Pure. Holders of more than this get it back with theirs as it was.

import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import type { Model, Unsaid } from "./model.ts";
import type { Effect, Input } from "./step.ts";

/** Something that was said and is not in the log yet. */
export interface Pending {
  /** Counted up, by which its answer is told from others. */
  readonly id: number;
  readonly room: string;
  /** Of the room. */
  readonly key: NameKey;
  readonly text: string;
  readonly isAction: boolean;
  readonly replyTo: number | null;
  readonly sinceMs: number;
  /** Why it was refused; null while it is on its way. */
  readonly problem: string | null;
}

interface Said {
  readonly chat: Model;
  readonly pending: readonly Pending[];
  /** Ids that were given to them. */
  readonly saidCount: number;
}

type Send = Extract<Effect, { type: "send" }>;

/** The model with other pending messages, which the chat counts by their rooms. */
export function withPending<Holder extends Said>(
  model: Holder,
  pending: readonly Pending[],
): Holder {
  const unsaid = new Map<NameKey, Unsaid>();
  for (const { key, problem } of pending) {
    const { waiting = 0, refused = 0 } = unsaid.get(key) ?? {};
    const counts =
      problem === null ? { waiting: waiting + 1, refused } : { waiting, refused: refused + 1 };
    unsaid.set(key, counts);
  }
  return { ...model, pending, chat: { ...model.chat, unsaid } };
}

/** The model with everything that `effects` send pending, each under an id of its own. */
export function withSends<Holder extends Said, Other extends { readonly type: string }>(
  model: Holder,
  effects: readonly (Other | Send)[],
): { readonly model: Holder; readonly effects: readonly (Other | Send)[] } {
  let next = model;
  const named = effects.map((effect) => {
    if (!isSend(effect) || effect.id !== undefined) return effect;
    next = withSaid(next, effect);
    return { ...effect, id: next.saidCount };
  });
  return { model: next, effects: named };
}

const isSend = (effect: { readonly type: string }): effect is Send => effect.type === "send";

function withSaid<Holder extends Said>(model: Holder, send: Send): Holder {
  const { room, text, action } = send;
  const replyTo = send.replyTo ?? null;
  const id = model.saidCount + 1;
  const sinceMs = model.chat.nowMs;
  const key = roomKey(room);
  const said: Pending = { id, room, key, text, isAction: action, replyTo, sinceMs, problem: null };
  return withPending({ ...model, saidCount: id }, [...model.pending, said]);
}

/** What became of something that was said. */
export function settleSend<Holder extends Said>(
  model: Holder,
  input: Extract<Input, { type: "said" | "failed" }>,
): Holder {
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

export const failedOf = ({ pending }: Pick<Said, "pending">): readonly Pending[] =>
  pending.filter(({ problem }) => problem !== null);

/** The model with what was refused on its way again, all of it or one; null: nothing was refused. */
export function sendAgain<Holder extends Said>(
  model: Holder,
  only: number | null,
): { readonly model: Holder; readonly effects: readonly Send[] } | null {
  const again = failedOf(model).filter(({ id }) => only === null || id === only);
  if (again.length === 0) return null;
  const sends = again.map(({ id, room: first, key, text, isAction: action, replyTo }): Send => {
    const room = model.chat.rooms.get(key)?.moved?.room ?? first;
    // A seq means another message, or none, where the conversation goes on.
    const answers = replyTo === null || room !== first ? {} : { replyTo };
    return { type: "send", id, room, text, action, ...answers };
  });
  const places = new Map(sends.map(({ id, room }) => [id, room]));
  const pending = model.pending.map((each) => {
    const room = places.get(each.id);
    if (room === undefined) return each;
    return { ...each, room, key: roomKey(room), problem: null, sinceMs: model.chat.nowMs };
  });
  return { model: withPending(model, pending), effects: sends };
}

/** The model without what was refused in the current room, or without one; and what that was. */
export function dropRefused<Holder extends Said>(
  model: Holder,
  only: number | null,
): { readonly model: Holder; readonly gone: readonly Pending[] } {
  const isGone = ({ id, key, problem }: Pending) =>
    problem !== null && (only === null ? key === model.chat.current : id === only);
  const gone = model.pending.filter(isGone);
  if (gone.length === 0) return { model, gone };
  const pending = model.pending.filter((each) => !isGone(each));
  return { model: withPending(model, pending), gone };
}
