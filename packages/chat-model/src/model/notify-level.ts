// How much one wants to be called for a room.

import type { NameKey } from "@maru/protocol/chat";

export const notifyLevels = ["all", "mentions", "none"] as const;
export type NotifyLevel = (typeof notifyLevels)[number];

export interface Levels {
  /** Of rooms that have one of their own, by key. */
  readonly levels: ReadonlyMap<NameKey, NotifyLevel>;
  /** `notifyLevel`: of all others. */
  readonly settings: { readonly notifyLevel: NotifyLevel };
}

/** How much one wants to hear of the room with this key. */
export function levelOf({ levels, settings }: Levels, room: NameKey): NotifyLevel {
  return levels.get(room) ?? settings.notifyLevel;
}
