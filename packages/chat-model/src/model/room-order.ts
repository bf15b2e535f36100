// The one order of the rooms, and their numbers, by which they are listed, chosen and gone through. A
// number is a room's for as long as one is in it: who knows it by heart must not hit another. Pure.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import type { Model } from "./model.ts";

/** By room key, from 1; no two are equal. */
export type RoomNumbers = ReadonlyMap<NameKey, number>;

interface Numbered {
  readonly chat: Pick<Model, "rooms">;
  readonly numbers: RoomNumbers;
}

/** Keys of all rooms by their numbers; those that have none yet behind the others. */
export function roomOrder({ chat, numbers }: Numbered): readonly NameKey[] {
  const place = (key: NameKey) => numbers.get(key) ?? Number.POSITIVE_INFINITY;
  // Equal are only those without a number; Infinity - Infinity is no order.
  return entryOrder(chat).sort((one, other) => Math.sign(place(one) - place(other)) || 0);
}

/** As they were entered, conversations of two behind rooms. */
function entryOrder({ rooms }: Pick<Model, "rooms">): NameKey[] {
  const keys = [...rooms.keys()];
  return [...keys.filter((key) => !isDirect(key)), ...keys.filter(isDirect)];
}

/** The numbers with one for every room: of a room that is gone, the next new one gets it. */
export function numbersFor(chat: Pick<Model, "rooms">, numbers: RoomNumbers): RoomNumbers {
  const isWhole = numbers.size === chat.rooms.size && chat.rooms.keys().every(hasOne(numbers));
  if (isWhole) return numbers;
  const known = [...numbers].filter(([key]) => chat.rooms.has(key));
  const next = new Map(known);
  const taken = new Set(next.values());
  let free = 1;
  for (const key of entryOrder(chat)) {
    if (next.has(key)) continue;
    while (taken.has(free)) free += 1;
    next.set(key, free);
    taken.add(free);
  }
  return next;
}

const hasOne = (numbers: RoomNumbers) => (key: NameKey) => numbers.has(key);

export function isDirect(key: NameKey): boolean {
  return directParticipants(key) !== null;
}
