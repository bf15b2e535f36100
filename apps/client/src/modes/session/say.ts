// What a program says about itself, on standard error.

import type { Output } from "@maru/tui/io";
import { sanitizeLine } from "@maru/tui/text";

/** One line for the person at the terminal; parts of it may come from the server. */
export function say(stderr: Output, text: string): void {
  stderr.write(`maru: ${sanitizeLine(text)}\n`);
}
