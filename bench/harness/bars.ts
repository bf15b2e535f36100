// A bar: what a figure must not pass, from the design's list, and whether it did.

import { fixed, grouped } from "./numbers.ts";
import { type Column, tableOf } from "./table.ts";

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

const columns: readonly Column<Bar>[] = [
  { title: "bar", cell: ({ what }) => what },
  { title: "measured", cell: ({ value, unit }) => `${shown(value)} ${unit}` },
  {
    title: "wanted",
    cell: ({ min = 0, max }) => (max === undefined ? `≥ ${grouped(min)}` : `≤ ${grouped(max)}`),
  },
  { title: "", cell: (bar) => (isMet(bar) ? "met" : "MISSED") },
];

export const barsTable = (bars: readonly Bar[]): string => tableOf(columns, bars, "terminal");
