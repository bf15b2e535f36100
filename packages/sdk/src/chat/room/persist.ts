// Asking again what a busy server refused for now.
// Owns how often and how long to wait; ends at once when its signal is aborted.

import type { Clock } from "@maru/protocol";
import { MaruError } from "../../base/maru-error.ts";
import { retryWaitMs } from "../../base/retry-wait.ts";
import { passingCodes } from "../command-rules.ts";

/** Of a refusal that may be one for good; what passes by itself is waited for. */
const triesMax = 5;
/** After a refusal that names no time. */
const retryMsDefault = 500;

/** Rejects with the last refusal when it is for good, or was one too many. */
export async function persist<T>(
  ask: () => Promise<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof MaruError)) throw error;
      const again = passingCodes.has(error.code) || (error.retryable && attempt < triesMax);
      if (!again || signal.aborted) throw error;
      await sleep(retryWaitMs(error.retryAfterMs, retryMsDefault), clock, signal);
      if (signal.aborted) throw error;
    }
  }
}

function sleep(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      cancel();
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const cancel = clock.after(ms, wake);
    signal.addEventListener("abort", wake, { once: true });
  });
}
