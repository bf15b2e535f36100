// What a program says about itself, on standard error.

import { sanitizeLine } from "@maru/tui/text";
import type { Output } from "../io/output.ts";

/** One line for the person at the terminal; parts of it may come from the server. */
export function say(stderr: Output, text: string): void {
  stderr.write(`maru: ${sanitizeLine(text)}\n`);
}
