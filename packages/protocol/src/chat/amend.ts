// What edits, redactions and reactions make of a message: how a log shows it on a page, and how a
// client shows it when the amendment arrives. Pure.

import { canonicalEmoji } from "./emoji.ts";
import type { Amendment, EntryOf, ReactionSummary } from "./events.ts";
import { foldName } from "./names.ts";

/** Nicks that a summary names; those that come later are counted. */
export const reactionNamesMax = 8;
/** UTF-16 units of the names under one message, so that it always fits a frame; later ones are counted. */
export const reactionNamesUnitsMax = 1024;

/**
 * The message as it stands after `amendment`, which must be about it. One that the message shows
 * already changes nothing: pages and replays bring messages as they stand, and then what was done to
 * them once more.
 */
export function amend(message: EntryOf<"message">, amendment: Amendment): EntryOf<"message"> {
  const asOf = amendment.seq;
  if (message.redacted === true || asOf <= (message.asOf ?? message.seq)) return message;
  switch (amendment.type) {
    case "edit":
      return { ...message, text: amendment.text, edited: asOf, asOf };
    case "redaction":
      return { ...redact(message), asOf };
    case "reaction":
      return { ...withReactions(message, reacted(message.reactions ?? [], amendment)), asOf };
  }
}

/** Nothing is left of what was said but who said something there, and when. */
function redact(message: EntryOf<"message">): EntryOf<"message"> {
  const { type, room, seq, at, from, replyTo } = message;
  const answers = replyTo === undefined ? null : { replyTo };
  return { type, room, seq, at, from, text: "", ...answers, redacted: true };
}

function withReactions(
  message: EntryOf<"message">,
  reactions: readonly ReactionSummary[],
): EntryOf<"message"> {
  const { reactions: _former, ...rest } = message;
  return reactions.length === 0 ? rest : { ...rest, reactions: [...reactions] };
}

function reacted(
  reactions: readonly ReactionSummary[],
  { emoji: spelling, from, removed }: EntryOf<"reaction">,
): readonly ReactionSummary[] {
  const emoji = canonicalEmoji(spelling);
  const known = reactions.find((summary) => canonicalEmoji(summary.emoji) === emoji);
  const nick = namesUnits(reactions) + from.length <= reactionNamesUnitsMax ? from : null;
  if (known === undefined) {
    if (removed === true) return reactions;
    return [...reactions, withOne({ emoji, count: 0, from: [] }, nick)];
  }
  const changed = removed === true ? without(known, from) : withOne(known, nick);
  return reactions.flatMap((summary) => {
    if (summary !== known) return [summary];
    return changed.count > 0 ? [changed] : [];
  });
}

function withOne({ emoji, count, from }: ReactionSummary, nick: string | null): ReactionSummary {
  const isNamed = nick !== null && from.length < reactionNamesMax;
  return { emoji, count: count + 1, from: isNamed ? [...from, nick] : from };
}

function without({ emoji, count, from }: ReactionSummary, nick: string): ReactionSummary {
  return {
    emoji,
    count: count - 1,
    from: from.filter((name) => foldName(name) !== foldName(nick)),
  };
}

function namesUnits(reactions: readonly ReactionSummary[]): number {
  return reactions.reduce((sum, { from }) => sum + from.join("").length, 0);
}

/**
 * Reactions of which each sign stands once, in its one spelling: what an earlier version wrote may
 * hold a sign in several. Who is named under two of them counts once.
 */
export function mergeReactions(reactions: readonly ReactionSummary[]): ReactionSummary[] {
  const merged = new Map<string, ReactionSummary>();
  for (const { emoji, count, from } of reactions) {
    const sign = canonicalEmoji(emoji);
    const before = merged.get(sign) ?? { emoji: sign, count: 0, from: [] };
    const known = new Set(before.from.map(foldName));
    const others = from.filter((name) => !known.has(foldName(name)));
    merged.set(sign, {
      emoji: sign,
      count: before.count + count - (from.length - others.length),
      from: [...before.from, ...others].slice(0, reactionNamesMax),
    });
  }
  return [...merged.values()];
}
