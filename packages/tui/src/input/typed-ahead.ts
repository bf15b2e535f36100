// What was typed before the terminal was taken. Until then the system edits lines for us, and hands on a
// newline for Enter, which in raw mode is another key. Owns telling the two apart.

import { closeSync, constants, existsSync, openSync, readSync } from "node:fs";

/** Bytes that are read at once; the system holds no more of a line. */
const chunkBytes = 4096;
/** Chunks that are read: what keeps coming is typed now. */
const chunksMax = 16;

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * What waits in the terminal at `fd` now, and no more: call it right after raw mode was set. Nothing
 * where the system has no way to look without waiting; the stream then brings it as it is.
 */
export function readTypedAhead(fd: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let terminal: number | null = null;
  try {
    const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants;
    // A description of its own, that does not wait: the other one may be shared with the shell.
    const path = existsSync("/proc/self/fd") ? `/proc/self/fd/${fd}` : "/dev/tty";
    terminal = openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    for (let count = 0; count < chunksMax; count += 1) {
      const chunk = new Uint8Array(chunkBytes);
      const bytes = readSync(terminal, chunk);
      if (bytes === 0) break;
      chunks.push(chunk.subarray(0, bytes));
    }
  } catch (error) {
    // Nothing waits, or there is no such way: whatever comes, the stream tells. No bug has a code.
    if (!(error instanceof Error && "code" in error)) throw error;
  } finally {
    if (terminal !== null) closeSync(terminal);
  }
  return Buffer.concat(chunks);
}

/**
 * The same with its Enter as raw mode has it, where it is one line that was typed and ended. Of several
 * lines it is not known whether they were pasted, and a paste is never sent by itself: they stay lines.
 */
export function asTyped(bytes: Uint8Array): Uint8Array {
  const at = bytes.indexOf(newline);
  if (at < 0 || at !== bytes.length - 1) return bytes;
  return bytes.with(at, carriageReturn);
}
