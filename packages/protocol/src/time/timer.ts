// The one place that makes a timer of a duration: everything in the packages and the programs that
// waits in real time waits here. A runtime's own timer fires at once when its delay is above
// timerMsMax, or no number at all; of what a peer or a person may set, that makes a busy loop.

/** The longest delay that a JavaScript timer holds, in milliseconds: 24.8 days. */
export const timerMsMax = 2 ** 31 - 1;

export interface TimerOptions {
  /** It keeps no process alive; where a runtime knows of that. */
  readonly isBackground?: boolean;
}

/**
 * Runs `run` once, `delayMs` from now: never earlier, at once for less than 0, and after timerMsMax
 * for more than that. The returned function cancels it. Throws RangeError for NaN.
 */
export function startTimer(delayMs: number, run: () => void, options: TimerOptions = {}) {
  const timer = setTimeout(run, timerMs(delayMs));
  if (options.isBackground) timer.unref?.();
  return () => clearTimeout(timer);
}

/** Runs `run` every `periodMs`, bounded as a delay is and at least 1, until it is cancelled. */
export function startInterval(periodMs: number, run: () => void, options: TimerOptions = {}) {
  const timer = setInterval(run, Math.max(1, timerMs(periodMs)));
  if (options.isBackground) timer.unref?.();
  return () => clearInterval(timer);
}

function timerMs(ms: number): number {
  if (Number.isNaN(ms)) throw new RangeError("a timer's delay is no number");
  return Math.min(Math.max(Math.ceil(ms), 0), timerMsMax);
}
