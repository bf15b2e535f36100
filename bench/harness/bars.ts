// A bar: what a figure must not pass, from the design's list, and whether it did.

import { fixed, grouped } from "./numbers.ts";
import { type Column, column, tableOf } from "./table.ts";

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
  column("bar", ({ what }) => what),
  column("measured", ({ value, unit }) => `${shown(value)} ${unit}`),
  column("wanted", ({ min = 0, max }) =>
    max === undefined ? `≥ ${grouped(min)}` : `≤ ${grouped(max)}`,
  ),
  column("", (bar) => (isMet(bar) ? "met" : "MISSED")),
];

export const barsTable = (bars: readonly Bar[]): string => tableOf(columns, bars, "terminal");
