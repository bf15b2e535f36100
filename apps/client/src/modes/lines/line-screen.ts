// Where the chat's lines are shown and typed: a terminal with a prompt, or plain streams.

import type { Ending } from "../../cli/exit-codes.ts";

export interface Screen {
  /** Whether one's own messages are shown when they come back from the server. */
  readonly showsOwn: boolean;
  /** Shows finished text, of one or more lines, above the prompt. */
  show(text: string): void;
  /** Sets the prompt. */
  prompt(text: string): void;
  /** What is typed, line by line, until the input ends. */
  lines(): AsyncIterable<string>;
  /** Resolves when more may be shown without piling up. */
  ready(): Promise<void>;
  /** Resolves when the person wants to get out. */
  readonly interrupted: Promise<Ending>;
  /** Gives the terminal back. */
  end(): void;
}
