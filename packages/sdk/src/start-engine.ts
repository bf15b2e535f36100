// The beginning of a client: the first attempt, and its end by the caller's signal.

import type { WireMessage } from "@maru/protocol";
import { localError } from "./base/maru-error.ts";
import type { Engine } from "./engine.ts";

/** Dials for the first time; `signal` gives up as long as there was no welcome. */
export function startEngine<W extends WireMessage, E>(
  engine: Engine<W, E>,
  signal: AbortSignal | undefined,
): void {
  const { link } = engine;
  const abort = () => link.close(localError("aborted", undefined, signal?.reason));
  if (signal?.aborted) return abort();
  try {
    link.start();
  } catch (error) {
    // Whatever went wrong: nothing of it runs on.
    link.close();
    throw error;
  }
  if (signal === undefined) return;
  signal.addEventListener("abort", abort, { once: true });
  const over = () => signal.removeEventListener("abort", abort);
  void engine.when(() => link.state.phase === "online").then(over, over);
}
