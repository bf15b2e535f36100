// Gives the terminal back on every way out of the process: its end, a bug, a signal that no code
// handles. Synchronous, as nothing else runs any more then. Knows only how to restore, not what for.

export interface RestorePorts {
  /** Writes the modes off and leaves raw mode, at once; safe to call twice. */
  readonly restoreNow: () => void;
  readonly process: Pick<
    NodeJS.Process,
    "on" | "removeListener" | "listenerCount" | "exit" | "kill" | "pid"
  >;
  /** Where a bug is told, after the terminal is back. */
  readonly tell: (text: string) => void;
}

const endSignals = { SIGINT: 130, SIGQUIT: 131, SIGTERM: 143, SIGHUP: 129 } as const;
type EndSignal = keyof typeof endSignals;

const failedExitCode = 1;

export function watchEnds({ restoreNow, process, tell }: RestorePorts): () => void {
  const onExit = () => restoreNow();
  const onBug = (error: unknown) => {
    restoreNow();
    tell(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(failedExitCode);
  };
  process.on("exit", onExit);
  process.on("uncaughtException", onBug);
  process.on("unhandledRejection", onBug);

  const signals = (Object.keys(endSignals) as EndSignal[]).map((signal) => {
    // Who handles it ends the program, in order or at once, and its end restores.
    const isHandled = process.listenerCount(signal) > 0;
    const onSignal = () => {
      if (isHandled) return;
      restoreNow();
      process.exit(endSignals[signal]);
    };
    process.on(signal, onSignal);
    return () => process.removeListener(signal, onSignal);
  });
  return () => {
    process.removeListener("exit", onExit);
    process.removeListener("uncaughtException", onBug);
    process.removeListener("unhandledRejection", onBug);
    for (const remove of signals) remove();
  };
}
