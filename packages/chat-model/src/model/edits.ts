// Edits that are on their way: what one goes on editing is the text that one gave last, not the one that
// is still in the log. Pure.

import { roomKey } from "@maru/sdk/chat";
import type { Effect, Input } from "./step.ts";

/** Texts of edits on their way, by seq and room key. */
export type PendingEdits = ReadonlyMap<string, string>;

const keyOf = (room: string, seq: number): string => `${seq} ${roomKey(room)}`;

/** The text that a message will have; null: the one that it has. */
export function textToCome(edits: PendingEdits, room: string, seq: number): string | null {
  return edits.get(keyOf(room, seq)) ?? null;
}

/** Those of other rooms: in another log of this one, seqs mean other messages. */
export function withoutEdits(edits: PendingEdits, room: string): PendingEdits {
  const others = [...edits].filter(([key]) => !key.endsWith(` ${roomKey(room)}`));
  return others.length === edits.size ? edits : new Map(others);
}

/** After an input that led to these effects; `input` null: one that is not about the chat. */
export function editsAfter(
  edits: PendingEdits,
  input: Input | null,
  effects: readonly { readonly type: string }[],
): PendingEdits {
  const over = input === null ? null : targetOf(input);
  const sent = effects.filter(isEdit);
  if ((over === null || !edits.has(over)) && sent.length === 0) return edits;
  const next = new Map(edits);
  if (over !== null) next.delete(over);
  for (const { room, target, text } of sent) next.set(keyOf(room, target), text);
  return next;
}

type Edit = Extract<Effect, { type: "edit" }>;

const isEdit = (effect: { readonly type: string }): effect is Edit => effect.type === "edit";

/** The message of which an edit came through, was refused, or is no matter any more. */
function targetOf(input: Input): string | null {
  if (input.type === "failed" && input.effect.type === "edit") {
    return keyOf(input.effect.room, input.effect.target);
  }
  if (input.type !== "event") return null;
  const { event } = input;
  const isOver = event.type === "edit" || event.type === "redaction";
  return isOver ? keyOf(event.room, event.target) : null;
}
