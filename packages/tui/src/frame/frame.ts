// What a full-screen view makes: rows of styled text, and where the caret stands. Plain data.
// Views make frames from models; terminal/ paints them. Text in a frame is harmless already
// (text/sanitize.ts), and every row is at most as wide as the frame.

/** What a piece of text is; the theme says what that looks like. */
export const roles = [
  "text",
  "faint",
  "strong",
  "accent",
  "border",
  "title",
  "good",
  "warning",
  "error",
  "mention",
  "unread",
  "link",
  "code",
  "selected",
  "own",
  "nick0",
  "nick1",
  "nick2",
  "nick3",
  "nick4",
  "nick5",
  "nick6",
  "nick7",
  "nick8",
  "nick9",
  "nick10",
  "nick11",
] as const;
export type Role = (typeof roles)[number];

/** A piece of one row: no newline, no tab, no control character. */
export interface Span {
  readonly text: string;
  readonly role: Role;
  /** An address that the text leads to, for terminals that follow links (OSC 8). */
  readonly link?: string;
}

export type Row = readonly Span[];

export interface Size {
  /** Columns and rows of cells. */
  readonly width: number;
  readonly height: number;
}

export interface Rectangle extends Size {
  /** From 0, of the left column and the top row. */
  readonly x: number;
  readonly y: number;
}

export function holds(area: Rectangle, x: number, y: number): boolean {
  const isAcross = x >= area.x && x < area.x + area.width;
  return isAcross && y >= area.y && y < area.y + area.height;
}

export interface Frame extends Size {
  /** `height` rows at most; what is missing, right or below, is blank. */
  readonly rows: readonly Row[];
  /** Where the hardware cursor stands, from 0; null: it is hidden. */
  readonly caret: { readonly x: number; readonly y: number } | null;
}
