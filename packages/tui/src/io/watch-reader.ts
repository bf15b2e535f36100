// Whether a reader is still there for what is written to a pipe. Bun tells it at the next write alone, and
// a program that waits for others to speak may not write for days; so the system is asked now and then.

import { dlopen, ptr } from "bun:ffi";
import { startInterval } from "@maru/protocol";

/** How often the system is asked, in milliseconds: who ends a reader waits no longer than that. */
export const readerCheckMs = 250;

const libraries: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"],
  darwin: ["libSystem.B.dylib"],
};

/** `struct pollfd`: an int, and two shorts for what is asked and what is answered. */
const pollBytes = 8;
const answerOffset = 6;
/** POLLERR and POLLHUP, which are answered unasked: no reader is there, the other end is gone. */
const readerGone = 0x08 | 0x10;

/** Calls `onGone` once, at most; never where the system can't be asked. Keeps no program running. */
export function watchReader(fd: number | undefined, onGone: () => void): void {
  const isGone = fd === undefined ? null : reader(fd);
  if (isGone === null) return;
  const look = () => {
    if (!isGone()) return;
    stop();
    onGone();
  };
  const stop = startInterval(readerCheckMs, look, { isBackground: true });
}

/** Asks the system about the reader of `fd`; null where it can't be asked. */
function reader(fd: number): (() => boolean) | null {
  const poll = pollFunction();
  if (poll === null) return null;
  const asked = new Int16Array(pollBytes / 2);
  new Int32Array(asked.buffer)[0] = fd;
  return () => {
    asked[answerOffset / 2] = 0;
    const answered = poll(ptr(asked), 1, 0);
    return answered > 0 && ((asked[answerOffset / 2] ?? 0) & readerGone) !== 0;
  };
}

function pollFunction() {
  for (const library of libraries[process.platform] ?? []) {
    try {
      const { symbols } = dlopen(library, {
        poll: { args: ["ptr", "u64", "i32"], returns: "i32" },
      });
      return symbols.poll;
    } catch {
      // Another C library than this one.
    }
  }
  return null;
}
