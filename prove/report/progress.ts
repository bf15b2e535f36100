// How far a proof has come: a bar on a terminal, elsewhere a line now and then. Owns what it draws.

import { SingleBar } from "cli-progress";

export interface Progress {
  done(count: number): void;
  stop(): void;
}

interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Between two lines, where there is no bar; milliseconds. */
const lineMs = 5_000;

export function startProgress(
  what: string,
  total: number,
  stream: ProgressStream & NodeJS.WritableStream = process.stderr,
): Progress {
  return stream.isTTY ? startBar(what, total, stream) : startLines(what, total, stream);
}

function startBar(what: string, total: number, stream: NodeJS.WritableStream): Progress {
  const format = `{bar} {value}/{total} ${what}, {duration_formatted}`;
  const look = { barCompleteChar: "█", barIncompleteChar: "░", barsize: 24 };
  const bar = new SingleBar({ ...look, format, stream, hideCursor: true, stopOnComplete: false });
  bar.start(total, 0);
  return { done: (count) => bar.update(count), stop: () => bar.stop() };
}

/** The first, the last, and whatever comes long enough after the one before. */
function startLines(what: string, total: number, stream: ProgressStream): Progress {
  let [last, toldAt] = [0, performance.now()];
  const tell = () => stream.write(`${last}/${total} ${what}\n`);
  tell();
  return {
    done(count) {
      last = count;
      if (count < total && performance.now() - toldAt < lineMs) return;
      toldAt = performance.now();
      tell();
    },
    stop() {},
  };
}
