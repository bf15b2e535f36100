// Whether a message is worth calling the person for. Pure: what is known of the message, and of the
// person, in; yes or no out. Rings nothing.

import type { NotifyLevel } from "../model/notify-level.ts";

/**
 * How long after the last key a person counts as away, where it is not told whether the chat has the
 * focus. Many terminals don't tell, and those inside a multiplexer often don't: without this rule such
 * a person would be called never, or all the time while they type.
 */
export const awayAfterMs = 60_000;

export interface NotifyEvent {
  /** Of the room, as the person has set it. */
  readonly level: NotifyLevel;
  readonly isDirect: boolean;
  readonly isMention: boolean;
  readonly isOwn: boolean;
  /** Whether its sender is ignored. */
  readonly isIgnored: boolean;
  /** Whether it is seen: its room is the current one, and shows the newest messages. */
  readonly isRoomWatched: boolean;
}

export interface NotifyState {
  /** Null when that was never told. */
  readonly isFocused: boolean | null;
  /** Since the last key or click, in milliseconds. */
  readonly idleMs: number;
  readonly doNotDisturb: boolean;
  /** "unfocused": when the person is not at the chat. "always": also for what they don't see. */
  readonly when: "unfocused" | "always" | "never";
}

export function judge(event: NotifyEvent, state: NotifyState): boolean {
  if (state.when === "never" || state.doNotDisturb) return false;
  if (event.isOwn || event.isIgnored || !isWanted(event)) return false;
  if (!isAttending(state)) return true;
  return state.when === "always" && !event.isRoomWatched;
}

/** Whether the person is at the chat, as far as it can be known. */
function isAttending({ isFocused, idleMs }: NotifyState): boolean {
  return isFocused ?? idleMs < awayAfterMs;
}

/** A direct message is for one alone: it counts as a mention. */
function isWanted({ level, isDirect, isMention }: NotifyEvent): boolean {
  switch (level) {
    case "all":
      return true;
    case "mentions":
      return isDirect || isMention;
    case "none":
      return false;
  }
}
