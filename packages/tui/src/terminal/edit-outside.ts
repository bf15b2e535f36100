// The person's own editor on what they type: a file of their own, the terminal lent meanwhile.

import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { editorUnitsMax } from "../editor/editor.ts";
import type { Terminal } from "./terminal.ts";

export interface OutsideText {
  readonly text: string;
  /** The file that the editor shows, and how the name of its directory begins. */
  readonly file: string;
  readonly prefix: string;
  /** Where that directory is made. */
  readonly temporary?: string;
}

export interface EditedOutside {
  /** Null: it is as it was, because of `problem`. */
  readonly text: string | null;
  readonly problem: string | null;
  /** Kept, as it holds more than a line can. */
  readonly file?: string;
}

/** Bytes that are read back: far more than the line holds. */
const outsideBytesMax = 16 * 1024 * 1024;

/** `editor` may hold arguments: `code --wait`. It is run as it is, without a shell. */
export async function editOutside(
  terminal: Pick<Terminal, "lend">,
  editor: string,
  { text, file: name, prefix, temporary = tmpdir() }: OutsideText,
): Promise<EditedOutside> {
  const failed = (problem: string): EditedOutside => ({ text: null, problem });
  const [program, ...args] = editor.split(/\s+/).filter((word) => word !== "");
  if (program === undefined) return failed("no editor: set VISUAL or EDITOR");
  let directory: string;
  try {
    directory = await mkdtemp(join(temporary, prefix));
  } catch (error) {
    return failed(`no place for a file to edit: ${messageOf(error)}`);
  }
  const file = join(directory, name);
  // What the line can't hold stays where it was written.
  let isKept = false;
  try {
    await writeFile(file, text, { mode: 0o600 });
    const code = await terminal.lend(() => run([program, ...args, file]));
    if (code !== 0) return failed(`${program} ended with ${code}: the text is as it was`);
    const { size } = await stat(file);
    isKept = size > outsideBytesMax;
    if (isKept) return failed(`too long for the line: it is in ${file}, and the text as it was`);
    const made = await readFile(file, "utf8");
    isKept = made.length > editorUnitsMax;
    return { text: made, problem: null, ...(isKept && { file }) };
  } catch (error) {
    return failed(`${program}: ${messageOf(error)}`);
  } finally {
    // What was typed is worth more than the file that can't be removed.
    if (!isKept) await rm(directory, { recursive: true, force: true }).catch(() => {});
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function run(command: string[]): Promise<number> {
  return Bun.spawn(command, { stdio: ["inherit", "inherit", "inherit"] }).exited;
}
