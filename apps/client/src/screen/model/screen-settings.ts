// The settings that the full screen reads, resolved: file, profile, environment and flags are settled.

import type { NotifyLevel } from "@maru/chat-model/model";

export interface ScreenSettings {
  /** Whether only ASCII is drawn by the client itself. */
  readonly isAscii: boolean;
  /** Hours to 12, with am and pm, or to 24. */
  readonly hours: 12 | 24;
  /** What the Enter key does; the other one is newline's chord. */
  readonly enter: "send" | "newline";
  /** Items that are held of each room. */
  readonly scrollback: number;
  readonly roomsPane: "auto" | "on" | "off";
  readonly membersPane: "auto" | "on" | "off";
  /** Who comes and goes: all, those who spoke in the last minutes, or no person. */
  readonly showPresence: "all" | "active" | "none";
  /** Whether others are told that one is writing. */
  readonly tellsTyping: boolean;
  /** Of rooms that have none of their own; conversations of two count as mentions. */
  readonly notifyLevel: NotifyLevel;
  readonly notifyWhen: "unfocused" | "always" | "never";
  readonly hasMouse: boolean;
}
