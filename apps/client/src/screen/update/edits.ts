// Edits that are on their way: what one goes on editing is the text that one gave last, not the one that
// is still in the log. Pure.

import { roomKey } from "@maru/sdk";
import type { ScreenModel } from "../model/screen-model.ts";
import type { ScreenEffect, ScreenInput } from "../model/screen-step.ts";

const keyOf = (room: string, seq: number): string => `${seq} ${roomKey(room)}`;

/** The text that a message will have; null: the one that it has. */
export function textToCome({ edits }: ScreenModel, room: string, seq: number): string | null {
  return edits.get(keyOf(room, seq)) ?? null;
}

/** The model without those of a room: in another log of it, seqs mean other messages. */
export function withoutEdits(model: ScreenModel, room: string): ScreenModel {
  const others = [...model.edits].filter(([key]) => !key.endsWith(` ${roomKey(room)}`));
  return others.length === model.edits.size ? model : { ...model, edits: new Map(others) };
}

/** The model after an input that led to these effects. */
export function withEdits(
  model: ScreenModel,
  input: ScreenInput,
  effects: readonly ScreenEffect[],
): ScreenModel {
  const over = targetOf(input);
  const sent = effects.filter((effect) => effect.type === "edit");
  if ((over === null || !model.edits.has(over)) && sent.length === 0) return model;
  const edits = new Map(model.edits);
  if (over !== null) edits.delete(over);
  for (const { room, target, text } of sent) edits.set(keyOf(room, target), text);
  return { ...model, edits };
}

/** The message of which an edit came through, was refused, or is no matter any more. */
function targetOf(input: ScreenInput): string | null {
  if (input.type === "failed" && input.effect.type === "edit") {
    return keyOf(input.effect.room, input.effect.target);
  }
  if (input.type !== "event") return null;
  const { event } = input;
  const isOver = event.type === "edit" || event.type === "redaction";
  return isOver ? keyOf(event.room, event.target) : null;
}
