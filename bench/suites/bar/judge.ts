// A bar, measured: met, or missed by how much. Pure; also ratios, which are taken round by round.

import { isMet } from "../../harness/bars.ts";
import { fixed, significant } from "../../harness/numbers.ts";
import { figuresOf } from "../../harness/outcome.ts";
import { median } from "../../harness/statistics.ts";
import { type Column, column } from "../../harness/table.ts";
import type { Figures, Measurement } from "../../load/measurement.ts";
import type { RowBar } from "./row.ts";

/** As it is recorded; the pages read it. */
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

const unmeasured = "not measured";
/** Of a row that no kept result has. */
export const notYet = `${unmeasured} yet`;
const incompleteFor = "incomplete: ";

export function judge(row: string, bar: RowBar, flags: string): BarMeasurement {
  const { what, value, unit } = bar;
  if (!Number.isFinite(value)) return notMeasured(row, what, "no figure came", flags);
  const met = isMet(bar) && bar.lacks === undefined;
  return {
    ...{ row, what, value, unit },
    wanted: wantedOf(bar),
    isMet: met,
    ...(met ? {} : { missedBy: missedBy(bar) }),
    command: commandOf(row, flags),
  };
}

/** A row that could not be measured is not met. */
export function notMeasured(row: string, what: string, why: string, flags: string): BarMeasurement {
  const missed = { isMet: false, missedBy: `${unmeasured}: ${why}` };
  return { row, what, value: 0, unit: "", wanted: "", ...missed, command: commandOf(row, flags) };
}

const commandOf = (row: string, flags: string): string =>
  `bun run bench bar --rows ${row} ${flags}`.trim();

function wantedOf({ min, max, unit }: RowBar): string {
  const least = min === undefined ? [] : [`≥ ${significant(min)}`];
  const most = max === undefined ? [] : [`≤ ${significant(max)}`];
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
  if (bound === 0) return `${significant(value)} ${unit}`.trim();
  return `${fixed((Math.abs(value - bound) / bound) * 100, 1)} %`;
}

const hasValue = ({ missedBy = "" }: BarMeasurement): boolean => !missedBy.startsWith(unmeasured);

export const barColumns: readonly Column<BarMeasurement>[] = [
  column("what", ({ what }) => what),
  column("wanted", ({ wanted }) => wanted || "–"),
  column("measured", (bar) =>
    hasValue(bar) ? `${significant(bar.value)} ${bar.unit}`.trim() : "–",
  ),
  column("", (bar, place) => verdictOf(bar, place === "page" ? "**missed**" : "MISSED")),
  column("row", ({ row }) => row, "terminal"),
  column("by itself", ({ command }) => `\`${command}\``, "page"),
];

function verdictOf(bar: BarMeasurement, missed: string): string {
  if (bar.isMet) return "met";
  if (bar.missedBy === notYet) return notYet;
  const isPlain = hasValue(bar) && bar.missedBy?.startsWith(incompleteFor) !== true;
  return isPlain ? `${missed} by ${bar.missedBy}` : `${missed}, ${bar.missedBy}`;
}

export type ReadFigure = (figures: Figures) => number;

const figuresFor = (measurements: readonly Measurement[], name: string): Figures[] =>
  figuresOf(measurements.filter(({ candidate }) => candidate === name));

/** Median over the rounds in which both were measured of how many times the reference ours was. */
export function pairedRatio(
  measurements: readonly Measurement[],
  ours: string,
  reference: string,
  read: ReadFigure,
): number {
  const rounds = [...Map.groupBy(measurements, ({ round }) => round).values()];
  const ratios = rounds.flatMap((here) => {
    const [our] = figuresFor(here, ours).map(read);
    const [their] = figuresFor(here, reference).map(read);
    return our === undefined || their === undefined ? [] : [our / their];
  });
  return median(ratios);
}

export const medianFigure = (
  measurements: readonly Measurement[],
  candidate: string,
  read: ReadFigure,
): number => median(figuresFor(measurements, candidate).map(read));

/** Rounds of a candidate that did not fail. */
export const roundsOf = (measurements: readonly Measurement[], candidate: string): number =>
  figuresFor(measurements, candidate).length;
