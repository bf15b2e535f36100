// Who may do what to a message that stands in the log. Pure: each log asks where it sees the message
// and the amendment in one order, so that no two of them can cross.

import type { Amendment, EntryOf } from "@maru/protocol/chat";
import type { Draft, RefusalCode } from "../room-log.ts";

/** Different emoji under one message. */
export const reactionsPerMessageMax = 32;
/** Those of them that one account may have brought: the others are left to others. */
export const reactionKindsPerAccountMax = 8;
/** Reactions under one message, of all people: a redaction takes them away in one go. */
export const reactionsOfAllMax = 10_000;
/** Edits of one message: a redaction empties them in one go. */
export const editsPerMessageMax = 100;

/** A draft that is about another entry. */
export type AmendmentDraft = Extract<Draft, { type: Amendment["type"] }>;

/** The message that an amendment is about, as it stands; null where there is none. */
export type Target = {
  readonly message: EntryOf<"message">;
  readonly account: string;
  /** How often it was edited; counted for an edit alone. */
  readonly edits: number;
  /** Whether the amending account has put this sign under it. */
  readonly hasReacted: (emoji: string) => boolean;
} | null;

/** Null if the account may do this to the message, else why not. */
export function judgeAmendment(
  target: Target,
  draft: AmendmentDraft,
  account: string,
): RefusalCode | null {
  if (target === null || target.message.redacted === true) return "no_such_entry";
  if (draft.type !== "reaction") {
    if (target.account !== account) return "forbidden";
    return draft.type === "edit" && target.edits >= editsPerMessageMax ? "too_many_edits" : null;
  }
  const { reactions = [] } = target.message;
  const isKnown = reactions.some(({ emoji }) => emoji === draft.emoji);
  if (draft.removed === true) return isKnown ? null : "no_such_entry";
  const all = reactions.reduce((sum, { count }) => sum + count, 0);
  if (all >= reactionsOfAllMax) return "too_many_reactions";
  if (isKnown) return null;
  const own = reactions.filter(({ emoji }) => target.hasReacted(emoji)).length;
  const isFull = reactions.length >= reactionsPerMessageMax || own >= reactionKindsPerAccountMax;
  return isFull ? "too_many_reactions" : null;
}
