// What a slash command is, and what most of them need: refusing, the room one is in, a message's seq.
// Pure.

import { goesOnIn, movedText } from "../model/direct.ts";
import { currentRoom, type Model } from "../model/model.ts";
import type { Moved } from "../model/pair.ts";
import { takenText, withTakenTold } from "../model/renames.ts";
import type { RoomModel } from "../model/room-model.ts";
import { problem, type Step, step } from "../model/step.ts";

export interface SlashCommand {
  readonly name: string;
  /** What follows the name: `ROOM`, `[TEXT]`. */
  readonly usage: string;
  readonly about: string;
  run(model: Model, argument: string): Step;
}

export const refuse = (model: Model, text: string): Step => step(model, { lines: [problem(text)] });

/** Of a conversation that goes on elsewhere: what is written there would reach no person. */
function notSent(model: Model, moved: Moved): string {
  return `not sent: ${movedText(model, moved)} /join ${goesOnIn(model, moved)}`;
}

/**
 * Why what was typed is not said in this room: it would reach no person, or another than is thought,
 * which is told once. Null: it may be said.
 */
export function unsayable(model: Model, room: RoomModel): Step | null {
  if (room.moved !== null) return refuse(model, notSent(model, room.moved));
  const taken = takenText(model, room);
  if (taken === null) return null;
  return refuse(withTakenTold(model, room), `not sent: ${taken}. Say it again if it is for them.`);
}

/** The step that a command leads to in the room one is in. */
export function inRoom(model: Model, act: (room: RoomModel) => Step): Step {
  const room = currentRoom(model);
  return room === null ? refuse(model, "you are in no room: /join ROOM") : act(room);
}

/** `[SEQ] REST`: a leading number is a message's, with or without a #. */
export function numbered(argument: string): { seq: number | null; rest: string } {
  const [, seq, rest = ""] = /^#?(\d{1,15})(?:\s+(.*))?$/s.exec(argument) ?? [];
  return seq === undefined ? { seq: null, rest: argument } : { seq: Number(seq), rest };
}
