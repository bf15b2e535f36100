// Whose a conversation is: the two, under which nicks, and where it goes on when they took others.
// What changes of it, renames.ts judges. Pure.

import { directParticipants, type NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";

/** The two of a conversation. */
export interface Pair {
  /** Key of the nick of one's own that it is of. */
  readonly self: NameKey;
  /** The nick of the other, as the room writes it, and the one that they have now. */
  readonly other: string;
  readonly now: string;
  /**
   * A person has the nick who may be another than before: who had it, as they are called now. Null: as
   * far as is known, it is the same person, or what is written is meant for the person who has it now.
   */
  readonly taken: string | null;
}

/** A nick that was given up, what it is now, and the conversation of the two as they are called now. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly room: string;
  /** Whether it was one's own. */
  readonly isOwn: boolean;
}

/** One's own nick, and the keys of those that one had before. */
interface Names {
  readonly meKey: NameKey;
  readonly formers: readonly NameKey[];
}

/** Whose a conversation is that begins now, or did under a former nick of one's own. */
export function pairOf({ meKey, formers }: Names, room: NameKey, name: string): Pair | null {
  const nicks = participantsOf(room, name);
  const own = [meKey, ...formers.toReversed()];
  const self = own.find((key) => nicks.some((nick) => roomKey(nick) === key)) ?? meKey;
  const other = nicks.find((nick) => roomKey(nick) !== self);
  return other === undefined ? null : { self, other, now: other, taken: null };
}

/** In a conversation are the two whose it is; who is in a room, the server tells. */
export function participantsOf(room: NameKey, name: string): readonly string[] {
  return directParticipants(room) === null ? [] : name.slice(1).split("+");
}
