// Where a program's lines are shown and typed: a terminal with a prompt, or plain streams.

export interface LineScreen {
  /** Whether an entered line goes off the screen again: what comes of it is for the program to show. */
  readonly takesEntered: boolean;
  /** Shows finished text, of one or more lines, above the prompt. */
  show(text: string): void;
  /** Sets the prompt. */
  prompt(text: string): void;
  /** What is typed, line by line, until the input ends. */
  lines(): AsyncIterable<string>;
  /** Resolves when more may be shown without piling up. */
  ready(): Promise<void>;
  /** Resolves when the person wants to get out. */
  readonly interrupted: Promise<"interrupted">;
  /** Gives the terminal back. */
  end(): void;
}
