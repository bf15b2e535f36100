// Durations on the wire: their bounds, and the schema of one.
// A peer that asks for more patience than there is gets the most there is, instead of none.

import { z } from "zod";

/** The longest that a server may tell a client to wait, in milliseconds: a day. */
export const waitMsMax = 86_400_000;
/** What a server may demand as the time between two signs of life, in milliseconds: 0.1 s to 1 h. */
export const heartbeatMsMin = 100;
export const heartbeatMsMax = 3_600_000;

/** The whole number of milliseconds from `min` to `max` that is nearest; upwards from a fraction. */
export function boundMs(ms: number, min: number, max: number): number {
  return Math.min(Math.max(Math.ceil(ms), min), max);
}

/**
 * Milliseconds from `min` to `max`, as a client reads them: a number outside is taken for the nearer
 * bound. To refuse it would end the connection, and make a client come back at once that was asked
 * to wait for long.
 */
export const durationMs = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "number" ? boundMs(value, min, max) : value),
    z.int().min(min).max(max),
  );
