// How large an entry may become on the wire: what pages are cut by, and what memory is counted in.

import type { Entry, ReactionSummary } from "@maru/protocol/chat";
import type { Draft } from "../room-log.ts";

/** An entry's keys, numbers and quotes on the wire, and about what its object costs in memory. */
const overheadBytes = 160;
/** The same for one reaction under a message. */
const reactionOverheadBytes = 48;

/** At most what an entry takes on the wire: three bytes for each UTF-16 unit, and the rest. */
export function entryBytesMax(entry: Entry | Draft): number {
  const units = saidOf(entry).length + entry.room.length + entry.from.length;
  const own = units * 3 + overheadBytes;
  if (entry.type !== "message" || entry.reactions === undefined) return own;
  return own + entry.reactions.reduce((sum, reaction) => sum + reactionBytesMax(reaction), 0);
}

function reactionBytesMax({ emoji, from }: ReactionSummary): number {
  const names = from.reduce((length, name) => length + name.length + 1, 0);
  return reactionOverheadBytes + (emoji.length + names) * 3;
}

/** The text of an entry that its author chose. */
export function saidOf(entry: Entry | Draft): string {
  switch (entry.type) {
    case "message":
    case "edit":
      return entry.text;
    case "topic":
      return entry.topic;
    case "reaction":
      return entry.emoji;
    case "redaction":
      return entry.reason ?? "";
  }
}
