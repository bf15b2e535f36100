// What people write for a reaction: the emoji, or a name of it. Pure.

import { parseEmoji } from "@maru/protocol/chat";
import { emojiNames } from "@maru/tui/text";

/** A reaction as people write it: one emoji, or a name of one, in colons or not; null: neither. */
export function reactionOf(written: string): string | null {
  const emoji = parseEmoji(written);
  if (emoji !== null) return emoji;
  const name = written.replace(/^:(.+):$/, "$1").toLowerCase();
  return emojiNames.find((each) => each.name === name)?.emoji ?? null;
}
