// What the full-screen client needs of a terminal, whatever draws it. Types only.

import type { Frame, Size } from "../frame/frame.ts";
import type { TerminalInput } from "../input/terminal-input.ts";

export interface Terminal {
  readonly size: Size;
  /** What the person does, in order. One listener. */
  listen(listener: (input: TerminalInput) => void): void;
  /** Draws a new frame soon: asks `frame()` once, however often this was called meanwhile. */
  refresh(): void;
  /** Draws everything anew, whatever is believed to be on the screen. */
  redraw(): void;
  ring(): void;
  /** A desktop notification (OSC 9, OSC 777, …), where the terminal knows one. */
  notify(title: string, text: string): void;
  title(text: string): void;
  /** Into the clipboard (OSC 52), where the terminal allows it. */
  copy(text: string): void;
  mouse(isOn: boolean): void;
  /** Gives the terminal back for as long as `during` takes: an editor, a shell. */
  lend<T>(during: () => Promise<T>): Promise<T>;
  /** Stops the process as Ctrl-Z does elsewhere; when it goes on, everything is drawn anew. */
  suspend(): void;
  /** Restores the terminal; resolves when everything is written. Further calls await the same. */
  end(): Promise<void>;
}

export interface TerminalOptions {
  /** The frame as it is to be drawn now; called for each drawing. */
  readonly frame: (size: Size) => Frame;
}
