// Whether a message is worth calling the person for. Pure: what is known of the message, and of the
// person, in; yes or no out. Rings nothing (run/ does), and knows no terminal.

import type { NotifyLevel } from "@maru/chat-model/model";

/**
 * How long after the last key a person counts as away, where the terminal does not tell whether it
 * has the focus. Many don't, and those inside a multiplexer often don't: without this rule such a
 * person would be called never, or all the time while they type.
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
  /** Whether it is on the screen: its room is the current one, and shows the newest messages. */
  readonly isRoomWatched: boolean;
}

export interface NotifyState {
  /** Null when the terminal never told. */
  readonly isFocused: boolean | null;
  /** Since the last key or click, in milliseconds. */
  readonly idleMs: number;
  readonly doNotDisturb: boolean;
  /** "unfocused": when the person is not at the terminal. "always": also for what they don't see. */
  readonly when: "unfocused" | "always" | "never";
}

export function judge(event: NotifyEvent, state: NotifyState): boolean {
  if (state.when === "never" || state.doNotDisturb) return false;
  if (event.isOwn || event.isIgnored || !isWanted(event)) return false;
  if (!isAttending(state)) return true;
  return state.when === "always" && !event.isRoomWatched;
}

/** Whether the person is at the terminal, as far as it can be known. */
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
