// The thread that reads the terminal, and does nothing else: what is typed is taken from the system
// at once, however busy the client's own thread is. Not imported: tty-input.ts starts it.
// It opens the terminal a second time, so that reading without waiting changes no one else's
// descriptor (the shell's is the same as ours).

import { closeSync, constants, openSync } from "node:fs";
import type { FromThread, ToThread } from "./tty-input.ts";

declare const self: Worker;

const tell = (what: FromThread) => self.postMessage(what);
interface Reading {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

let fd = -1;
let reading: Reading | null = null;
/** What is told and not taken yet, in bytes. */
let waiting = 0;
let waitingMax = 0;
let goOn: (() => void) | null = null;

async function read(from: Reading, counted: Int32Array): Promise<void> {
  for (;;) {
    if (waiting >= waitingMax) {
      tell({ type: "full" });
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
    if (reading !== from) return;
    const { value, done } = await from.read();
    if (reading !== from) return;
    if (done || value === undefined) return tell({ type: "gone" });
    waiting += value.length;
    // Counted before it is told: who looks at the count knows that something is on its way.
    Atomics.add(counted, 0, value.length);
    tell({ type: "bytes", bytes: Uint8Array.from(value) });
  }
}

function begin({ path, bytesMax, counted }: Extract<ToThread, { type: "begin" }>): void {
  waitingMax = bytesMax;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch {
    return tell({ type: "failed" });
  }
  const from: Reading = Bun.file(fd).stream().getReader();
  reading = from;
  read(from, new Int32Array(counted)).catch(() => {
    if (reading === from) tell({ type: "gone" });
  });
}

async function end(): Promise<void> {
  const from = reading;
  reading = null;
  goOn?.();
  await from?.cancel().catch(() => {});
  if (fd >= 0) closeSync(fd);
  fd = -1;
  tell({ type: "ended" });
}

/** One after the other: a beginning waits for the end before it. */
let last: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToThread>) => {
  if (data.type === "taken") {
    // What was typed before this thread began is taken, too, and was never counted.
    waiting = Math.max(0, waiting - data.bytes);
    if (waiting < waitingMax) goOn?.();
    return;
  }
  last = last.then(() => (data.type === "begin" ? begin(data) : end()));
};
