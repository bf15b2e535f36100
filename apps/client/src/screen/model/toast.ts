// A word to the person that goes away by itself, and what it is about. Plain data; what ends it is for
// screen/update/toast.ts.

/** What a toast is about: it goes when that is no more, or is something else. */
export type ToastAbout =
  /** Nothing that could end: only time does. */
  | "time"
  /** What was done just now, in this room. */
  | "act"
  | "room"
  /** Which rooms there are to go to; what is new in the others; what is unread, or held, of this one. */
  | "rooms"
  | "elsewhere"
  | "unread"
  | "messages"
  /** What is typed, and what for. */
  | "line"
  | "overlay"
  | "selection"
  | "connection"
  | "leaving"
  | "taking-back"
  | "calls"
  | "mouse"
  /** Whether one is in that room, and whether in any. */
  | { readonly entering: string };

/** A word to the person that goes away by itself. */
export interface Toast {
  readonly text: string;
  readonly isError: boolean;
  readonly untilMs: number;
  readonly about?: ToastAbout;
  /** How that was when the toast was made. */
  readonly basis?: readonly unknown[];
}
