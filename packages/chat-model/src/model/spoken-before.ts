// Who had spoken when people came and went: of those who are silent a reader may want to hear nothing.
// Pure, but for remembering it.

import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { type Item, indexOfKey, itemAt, type Timeline } from "./timeline.ts";

export type Presence = Extract<Item, { kind: "presence" }>;

/** Who has spoken within so many milliseconds counts as active. */
export const activeMs = 300_000;
/** Items before it that are looked through for that. */
export const activeItemsMax = 256;

interface Spoken {
  /** The timeline's first item then: with another one, more or less is known of what was said. */
  readonly firstKey: number | null;
  readonly nicks: ReadonlySet<NameKey>;
}

/** Holds keys and names only, so that no item keeps the one before it. */
const known = new WeakMap<Presence, Spoken>();

/** Keys of the nicks of those who were active then. */
export function spokenBefore(item: Presence, timeline: Timeline): ReadonlySet<NameKey> {
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
