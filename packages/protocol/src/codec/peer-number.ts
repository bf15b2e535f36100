// Numbers that a peer sets and our code obeys: each has a range, and is held to it where it comes in.
// Schemas alone; what is outside of a range is taken for the nearer bound, or refused, and never obeyed.

import * as z from "zod";

/** The whole number from `min` to `max` that is nearest; upwards from a fraction. */
export function nearest(value: number, min: number, max: number): number {
  return Math.min(Math.max(Math.ceil(value), min), max);
}

/**
 * A whole number from `min` to `max`, as a client reads it: one outside is taken for the nearer bound,
 * for to refuse it would end a connection that works well without it.
 */
export const bounded = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "number" ? nearest(value, min, max) : value),
    z.int().min(min).max(max),
  );

/**
 * The same of a number that nothing works with below `min`: less is refused, and names its field. More
 * than `max` is taken for `max`.
 */
export const required = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "number" ? Math.min(value, max) : value),
    z.int().min(min).max(max),
  );
