// The nicks of a room that begin alike, from the server's pages of who is in it: those pages are in the
// order of folded names, so that the right ones are found without reading all.

import { foldName } from "@maru/protocol/chat";
import { type ChatClient, MaruError } from "@maru/sdk/chat";
import type { LookedUp, LookUpWish, NotLookedUp } from "../completion/nick-lookup.ts";

/** Pages that are read for one question. */
export const pagesMax = 4;
/** Characters before the last one of a prefix that are tried: more than any alphabet has capitals. */
const stepsMax = 256;

interface FoundNicks {
  readonly nicks: readonly string[];
  /** Whether these are all that begin so. */
  readonly isWhole: boolean;
}

/** What counts as a beginning where nicks are completed, and how many are of use. */
export interface Completing {
  readonly completes: (nick: string, prefix: string) => boolean;
  readonly nicksMax: number;
}

export async function performLookUp(
  client: Pick<ChatClient, "who">,
  { room, prefix }: LookUpWish,
  completing: Completing,
): Promise<LookedUp | NotLookedUp> {
  try {
    const found = await lookUpNicks(client, room, prefix, completing);
    return { type: "looked-up", room, prefix, ...found };
  } catch (error) {
    if (!(error instanceof MaruError)) throw error;
    return { type: "not-looked-up", room, prefix, message: error.message };
  }
}

/** `prefix`: folded. Rejects with MaruError. */
export async function lookUpNicks(
  client: Pick<ChatClient, "who">,
  room: string,
  prefix: string,
  { completes, nicksMax }: Completing,
): Promise<FoundNicks> {
  const nicks: string[] = [];
  let after = placeBefore(prefix);
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const { members, more } = await client.who(room, after === undefined ? {} : { after });
    nicks.push(...members.filter((nick) => completes(nick, prefix)));
    const last = members.at(-1);
    const isPast = last !== undefined && foldName(last) > prefix && !completes(last, prefix);
    if (!more || last === undefined || isPast) return { nicks, isWhole: true };
    if (nicks.length >= nicksMax) break;
    after = last;
  }
  return { nicks, isWhole: false };
}

/** A name that comes right before all that begin with `prefix`; undefined: the first ones do. */
export function placeBefore(prefix: string): string | undefined {
  const last = [...prefix].at(-1);
  if (last === undefined) return undefined;
  const start = prefix.slice(0, prefix.length - last.length);
  const code = last.codePointAt(0) ?? 0;
  for (let less = 1; less <= Math.min(stepsMax, code - 0x20); less += 1) {
    const before = start + String.fromCodePoint(code - less);
    // Capitals fold to what comes later, and halves of characters are none.
    if (before.isWellFormed() && foldName(before) < prefix) return before;
  }
  return start === "" ? undefined : start;
}
