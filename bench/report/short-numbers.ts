// Counts and costs in so few characters that they stand beside their lowest and highest round.

import { fixed } from "../harness/format-number.ts";
import type { Spread } from "./fanout-tables.ts";

interface Unit {
  readonly name: string;
  readonly of: number;
  readonly decimals: number;
}

const unitOf = (count: number): Unit =>
  count < 1e6
    ? { name: "k", of: 1e3, decimals: 0 }
    : { name: "M", of: 1e6, decimals: count < 1e7 ? 2 : 1 };

/** `12.5 M`, `361 k`. */
export function shortCount(count: number): string {
  const { name, of, decimals } = unitOf(count);
  return `${fixed(count / of, decimals)} ${name}`;
}

/** `12.5 M (11.6–18.4)`: the range in the unit of the value. */
export function countWithin(count: number, [lowest, highest]: Spread): string {
  const { of, decimals } = unitOf(count);
  return `${shortCount(count)} (${fixed(lowest / of, decimals)}–${fixed(highest / of, decimals)})`;
}

export function fixedWithin(value: number, [lowest, highest]: Spread, decimals: number): string {
  return `${fixed(value, decimals)} (${fixed(lowest, decimals)}–${fixed(highest, decimals)})`;
}
