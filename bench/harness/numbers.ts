// Numbers as people compare them: few digits, a fixed unit in the heading, a dash for none.

import type { Spread } from "./statistics.ts";

export type Write = (value: number) => string;

/** With so many decimals, or "–" where there is no number. */
export function fixed(value: number | undefined, decimals: number): string {
  return value === undefined || !Number.isFinite(value) ? "–" : value.toFixed(decimals);
}

/** Writes with so many decimals. */
export const digits =
  (decimals: number): Write =>
  (value) =>
    fixed(value, decimals);

/** How many times `of` the value is, or "–" where one of them is missing. */
export function ratio(value: number | undefined, of: number | undefined): string {
  return value === undefined || of === undefined ? "–" : fixed(value / of, 2);
}

/** A whole number with its thousands set apart. */
export function grouped(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : "–";
}

/** Three digits that count. */
export function significant(value: number): string {
  return Math.abs(value) >= 1_000 ? grouped(value) : String(Number(value.toPrecision(3)));
}

interface Unit {
  readonly name: string;
  readonly of: number;
  readonly decimals: number;
}

const unitOf = (count: number): Unit =>
  count < 1e6
    ? { name: "k", of: 1e3, decimals: 0 }
    : { name: "M", of: 1e6, decimals: count < 1e7 ? 2 : 1 };

/** `12.5 M`, `361 k`; a dash for none. */
export function shortCount(count: number): string {
  const { name, of, decimals } = unitOf(count);
  return Number.isFinite(count) ? `${fixed(count / of, decimals)} ${name}` : "–";
}

/** `12.5 M (11.6–18.4)`: the range in the unit of the value. */
export function countWithin(count: number, [lowest, highest]: Spread): string {
  const { of, decimals } = unitOf(count);
  return `${shortCount(count)} (${fixed(lowest / of, decimals)}–${fixed(highest / of, decimals)})`;
}

export function fixedWithin(value: number, [lowest, highest]: Spread, decimals: number): string {
  return `${fixed(value, decimals)} (${fixed(lowest, decimals)}–${fixed(highest, decimals)})`;
}
