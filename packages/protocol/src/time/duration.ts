// Durations on the wire: their bounds, and the schema of one.
// A peer that asks for more patience than there is gets the most there is, instead of none.

import { bounded, nearest } from "../codec/peer-number.ts";

/** The longest that a server may tell a client to wait, in milliseconds: a day. */
export const waitMsMax = 86_400_000;
/** The shortest wait between asking and asking again, in milliseconds, whatever a server allows. */
export const retryMsMin = 50;
/** The last moment that a date can name, in milliseconds since 1970. */
export const timeMsMax = 8_640_000_000_000_000;
/** What a server may demand as the time between two signs of life, in milliseconds: 0.1 s to 1 h. */
export const heartbeatMsMin = 100;
export const heartbeatMsMax = 3_600_000;

/** The whole number of milliseconds from `min` to `max` that is nearest; upwards from a fraction. */
export const boundMs = nearest;

/**
 * Milliseconds from `min` to `max`, as a client reads them. To refuse what is outside would make a
 * client come back at once that was asked to wait for long.
 */
export const durationMs = bounded;
