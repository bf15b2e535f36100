// Who of a conversation's two people has spoken in it, as its room's row keeps it: a bit for each, in
// the order of their names in the room's key.

import { directParticipants, type NameKey } from "@maru/protocol/chat";

/** The row's bits once this account has an entry in the room; of other rooms always 0. */
export function withSpoken(bits: number, room: NameKey, account: string): number {
  const people = directParticipants(room);
  if (people === null) return bits;
  return people.reduce((all, person, index) => all | (person === account ? 1 << index : 0), bits);
}

export function spokenOf(bits: number, room: NameKey): NameKey[] {
  return (directParticipants(room) ?? []).filter((_person, index) => (bits & (1 << index)) !== 0);
}
