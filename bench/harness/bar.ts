// A bar: what a figure must not pass, from the design's list, and whether it did.

import { fixed, grouped } from "./format-number.ts";
import { formatTable } from "./format-table.ts";

export interface Bar {
  readonly what: string;
  readonly value: number;
  /** `value` ≤ max, and ≥ min. */
  readonly max?: number;
  readonly min?: number;
  readonly unit: string;
}

export function isMet({ value, max = Number.POSITIVE_INFINITY, min = 0 }: Bar): boolean {
  return value >= min && value <= max;
}

const shown = (value: number): string => (value < 1_000 ? fixed(value, 1) : grouped(value));

export function formatBars(bars: readonly Bar[]): string {
  const rows = bars.map((bar) => [
    bar.what,
    `${shown(bar.value)} ${bar.unit}`,
    bar.max === undefined ? `≥ ${grouped(bar.min ?? 0)}` : `≤ ${grouped(bar.max)}`,
    isMet(bar) ? "met" : "MISSED",
  ]);
  return formatTable([["bar", "measured", "wanted", ""], ...rows]);
}
