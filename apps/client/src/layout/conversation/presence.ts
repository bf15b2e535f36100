// Who came, went and was renamed, on one line; of people who are silent nothing, if that is wished.
// Decides also what of a timeline is shown at all. Pure, but for remembering who had spoken.

import { type Item, indexOfKey, itemAt } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk";
import { sanitizeScreenLine } from "@maru/tui/text";
import type { RowContext } from "./row-context.ts";

type Presence = Extract<Item, { kind: "presence" }>;

/** Who has spoken within so many milliseconds counts as active. */
export const activeMs = 300_000;
/** Items before it that are looked through for that. */
export const activeItemsMax = 256;
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
  const spoken = showPresence === "active" ? spokenBefore(item, context) : null;
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

interface Spoken {
  /** The timeline's first item then: with another one, more or less is known of what was said. */
  readonly firstKey: number | null;
  readonly nicks: ReadonlySet<NameKey>;
}

/** Holds keys and names only, so that no item keeps the one before it. */
const known = new WeakMap<Presence, Spoken>();

function spokenBefore(item: Presence, { timeline }: RowContext): ReadonlySet<NameKey> {
  const firstKey = itemAt(timeline, 0)?.key ?? null;
  const before = known.get(item);
  if (before !== undefined && before.firstKey === firstKey) return before.nicks;
  const nicks = new Set<NameKey>();
  const index = indexOfKey(timeline, item.key);
  for (let at = index - 1; at >= Math.max(0, index - activeItemsMax); at -= 1) {
    const other = itemAt(timeline, at);
    if (other?.kind !== "message") continue;
    if (other.message.at < item.at - activeMs) break;
    nicks.add(roomKey(other.message.from));
  }
  known.set(item, { firstKey, nicks });
  return nicks;
}
