// A bar, measured: met, or missed by how much. Pure; also ratios, which are taken round by round.

import { isMet } from "../../harness/bar.ts";
import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { median } from "../../harness/median.ts";
import { figuresOf } from "../../load/load-rounds.ts";
import type { Measurement } from "../../load/measure-load.ts";
import type { RowBar } from "./row.ts";

/** As it is recorded; the report reads it. */
export interface BarMeasurement {
  readonly row: string;
  readonly what: string;
  /** 0 where `missedBy` says that there is none. */
  readonly value: number;
  readonly unit: string;
  readonly wanted: string;
  readonly isMet: boolean;
  readonly missedBy?: string;
  /** What measures this row alone. */
  readonly command: string;
}

const unmeasured = "not measured: ";
const incompleteFor = "incomplete: ";

export function judge(row: string, bar: RowBar, flags: string): BarMeasurement {
  if (!Number.isFinite(bar.value)) return notMeasured(row, bar.what, "no figure came", flags);
  const met = isMet(bar) && bar.lacks === undefined;
  return {
    row,
    what: bar.what,
    value: bar.value,
    unit: bar.unit,
    wanted: wantedOf(bar),
    isMet: met,
    ...(met ? {} : { missedBy: missedBy(bar) }),
    command: commandOf(row, flags),
  };
}

/** A row that could not be measured is not met. */
export function notMeasured(row: string, what: string, why: string, flags: string): BarMeasurement {
  const command = commandOf(row, flags);
  const missed = `${unmeasured}${why}`;
  return { row, what, value: 0, unit: "", wanted: "", isMet: false, missedBy: missed, command };
}

const commandOf = (row: string, flags: string): string =>
  `bun run bench bar --rows ${row} ${flags}`.trim();

function wantedOf({ min, max, unit }: RowBar): string {
  const least = min === undefined ? [] : [`≥ ${shown(min)}`];
  const most = max === undefined ? [] : [`≤ ${shown(max)}`];
  return `${[...least, ...most].join(", ")} ${unit}`.trim();
}

function missedBy(bar: RowBar): string {
  if (bar.lacks === undefined) return distanceOf(bar);
  const incomplete = `${incompleteFor}${bar.lacks}`;
  return isMet(bar) ? incomplete : `${incomplete}; and by ${distanceOf(bar)}`;
}

/** As a share of the bound that it is beyond; of a bound of 0, the value itself. */
function distanceOf({ value, min, max, unit }: RowBar): string {
  const isBelow = min !== undefined && value < min;
  const bound = (isBelow ? min : max) ?? 0;
  if (bound === 0) return `${shown(value)} ${unit}`.trim();
  return `${fixed((Math.abs(value - bound) / bound) * 100, 1)} %`;
}

/** Three digits that count. */
export function shown(value: number): string {
  if (Math.abs(value) >= 1_000) return grouped(value);
  return String(Number(value.toPrecision(3)));
}

export function tableOf(measurements: readonly BarMeasurement[]): string {
  const rows = measurements.map(({ row, what, value, unit, wanted, isMet, missedBy }) => {
    const hasValue = missedBy?.startsWith(unmeasured) !== true;
    const measured = hasValue ? `${shown(value)} ${unit}`.trim() : "–";
    const isPlain = hasValue && missedBy?.startsWith(incompleteFor) !== true;
    const missed = isPlain ? `MISSED by ${missedBy}` : `MISSED, ${missedBy}`;
    return [what, wanted, measured, isMet ? "met" : missed, row];
  });
  return formatTable([["bar", "wanted", "measured", "", "row"], ...rows]);
}

export type ReadFigure = (figures: ReturnType<typeof figuresOf>[number]) => number;

/** Median over the rounds in which both were measured of how many times the reference ours was. */
export function pairedRatio(
  measurements: readonly Measurement[],
  ours: string,
  reference: string,
  read: ReadFigure,
): number {
  const rounds = [...new Set(measurements.map(({ round }) => round))];
  const ratios = rounds.flatMap((round) => {
    const here = measurements.filter((measurement) => measurement.round === round);
    const [our] = figuresOf(here, ours).map(read);
    const [their] = figuresOf(here, reference).map(read);
    return our === undefined || their === undefined ? [] : [our / their];
  });
  return median(ratios);
}

export function medianFigure(
  measurements: readonly Measurement[],
  candidate: string,
  read: ReadFigure,
): number {
  return median(figuresOf(measurements, candidate).map(read));
}
