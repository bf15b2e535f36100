// A program on pipes: lines in, lines out, no prompt, no editing.

import { createInterface } from "node:readline";
import type { Io } from "../io/io.ts";
import type { LineScreen } from "./line-screen.ts";

export function createPlainScreen({ stdin, stdout }: Io): LineScreen {
  return {
    takesEntered: false,
    show: (text) => stdout.write(`${text}\n`),
    prompt() {},
    lines: () => createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    ready: () => stdout.ready(),
    interrupted: new Promise(() => {}),
    end() {},
  };
}
