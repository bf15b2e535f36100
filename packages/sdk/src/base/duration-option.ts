// The durations that a program may set: judged where they are given, before any timer is made of one.

import { timerMsMax } from "@maru/protocol";
import { localError } from "./maru-error.ts";

/**
 * Gives `ms` back. Throws MaruError `invalid_option`, naming the option, for what is no number of
 * milliseconds from `min` to `max`.
 */
export function durationOption(name: string, ms: number, min = 0, max = timerMsMax): number {
  if (ms >= min && ms <= max) return ms;
  throw localError("invalid_option", `${name} must be ${min} to ${max} milliseconds.`, ms);
}
