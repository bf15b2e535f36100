// Who came, went and was renamed, on one line; of people who are silent nothing, if that is wished.
// Decides also what of a timeline is shown at all. Pure.

import { type Item, type Presence, spokenBefore } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { sanitizeScreenLine } from "@maru/tui/text";
import type { RowContext } from "./row-context.ts";

/** Names on one line; more are counted. */
export const namesMax = 24;

/** What is there to be seen of an item. */
export function isShown(item: Item, context: RowContext): boolean {
  switch (item.kind) {
    case "message":
      return !context.isIgnored(item.message.from);
    case "topic":
      return !context.isIgnored(item.from);
    case "presence":
      return presenceText(item, context) !== "";
    default:
      return true;
  }
}

/** "→ ann, bob  ← cat  'dan' is now 'dave'"; empty when there is no person to tell of. */
export function presenceText(item: Presence, context: RowContext): string {
  const { showPresence, symbols } = context;
  if (showPresence === "none") return "";
  const spoken = showPresence === "active" ? spokenBefore(item, context.timeline) : null;
  const isTold = (nick: string) => {
    if (context.isIgnored(nick)) return false;
    if (spoken === null) return true;
    const key = roomKey(nick);
    return key === context.style.me || spoken.has(key);
  };
  const renamed = item.renamed
    .filter(({ from, to }) => isTold(from) || (isTold(to) && !context.isIgnored(from)))
    .slice(0, namesMax)
    .map(({ from, to }) => `"${sanitizeScreenLine(from)}" is now "${sanitizeScreenLine(to)}"`);
  return [
    listed(symbols.joined, item.joined.filter(isTold)),
    listed(symbols.left, item.left.filter(isTold)),
    ...renamed,
  ]
    .filter((part) => part !== "")
    .join("  ");
}

function listed(mark: string, nicks: readonly string[]): string {
  if (nicks.length === 0) return "";
  const names = nicks.slice(0, namesMax).map(sanitizeScreenLine).join(", ");
  const rest = nicks.length - namesMax;
  return `${mark} ${names}${rest > 0 ? ` and ${rest} more` : ""}`;
}
