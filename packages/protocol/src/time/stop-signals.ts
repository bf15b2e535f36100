// When a program is to stop, as signals say it: in order at the first, at once for who insists.
// One Ctrl-C may arrive more than once: the terminal signals the whole job, and a parent such as
// `bun run` passes on what it has got itself. Knows nothing of how a program stops.

/** Signals that come within so many milliseconds of the first are the same wish. */
export const oneWishMs = 500;

/** What tells of signals: `process`, in Bun and Node. */
export interface SignalSource<Signal extends string> {
  on(signal: Signal, listener: () => void): unknown;
}

export interface StopHandlers<Signal extends string> {
  /** The first signal: once, at once. */
  readonly stop: (signal: Signal) => void;
  /** Each signal, of whichever kind, that comes `oneWishMs` after the first or later. */
  readonly insist: (signal: Signal) => void;
}

/** Listens for as long as the process lives. `nowMs` is monotonic, in milliseconds. */
export function onStopSignals<const Signal extends string>(
  source: SignalSource<Signal>,
  signals: readonly Signal[],
  { stop, insist }: StopHandlers<Signal>,
  nowMs: () => number = () => performance.now(),
): void {
  let firstMs: number | null = null;
  for (const signal of signals) {
    source.on(signal, () => {
      if (firstMs !== null) {
        if (nowMs() - firstMs >= oneWishMs) insist(signal);
        return;
      }
      firstMs = nowMs();
      stop(signal);
    });
  }
}
