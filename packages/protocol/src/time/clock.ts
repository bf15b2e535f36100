// The one source of time of clients and terminals: what waits or measures asks a Clock, so that tests
// turn the hands themselves. Never runs backwards: a corrected wall clock must not cut a connection.

import { startTimer } from "./timer.ts";

export interface Clock {
  /** Milliseconds since 1970, monotonic within the process. */
  nowMs(): number;
  /** Runs `run` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after: startTimer,
};
