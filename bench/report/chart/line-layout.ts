// Where the values of a panel of lines lie: the range of its axis, and which labels would collide.
// Pure arithmetic; draws nothing.

import type { Role } from "../../servers/candidate-names.ts";

export interface Axis {
  readonly name: string;
  readonly scale: "linear" | "log";
  /** A tick or a point's value as it is read. */
  readonly format: (value: number) => string;
}

export interface Line {
  readonly name: string;
  readonly role: Role;
  /** By x, ascending. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Whether each point says its y; else the last one alone. */
  readonly isLabelled: boolean;
}

export interface LinePanel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** A y that is not to be passed. */
  readonly limit?: { readonly value: number; readonly label: string };
}

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Between two ticks of a linear axis. */
  readonly interval?: number;
}

/** From zero, or in whole powers of ten; the limit is always in sight. */
export function rangeOf({ y, lines, limit }: LinePanel): Range {
  const values = [...lines.flatMap(({ points }) => points.map(([, value]) => value))];
  if (limit !== undefined) values.push(limit.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (y.scale === "log") {
    return {
      min: 10 ** Math.floor(Math.log10(low / 1.2)),
      max: 10 ** Math.ceil(Math.log10(high * 1.2)),
    };
  }
  const interval = niceStep((high * 1.12) / 4);
  return { min: 0, max: Math.ceil((high * 1.12) / interval) * interval, interval };
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
export function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const nice = [1, 2, 2.5, 5, 10].find((each) => each * power >= step * 0.999) ?? 10;
  return nice * power;
}

/** 0 at the foot of the axis, 1 at its top. */
export function shareOf(value: number, { min, max }: Range, { scale }: Axis): number {
  if (scale === "linear") return (value - min) / (max - min);
  return Math.log(value / min) / Math.log(max / min);
}

/** Of two lines in a panel, the lower one at x has its labels below. */
export function isBelow(lines: readonly Line[], name: string, x: number): boolean {
  const at = lines.map(({ points, ...line }) => ({
    name: line.name,
    y: points.find(([each]) => each === x)?.[1],
  }));
  const own = at.find((each) => each.name === name)?.y ?? 0;
  const others = at.flatMap(({ name: each, y }) => (each === name || y === undefined ? [] : [y]));
  return others.length > 0 && others.every((y) => y > own);
}

/** Less than this share of the axis apart, two labels would touch. */
const labelShare = 0.085;

/** The xs whose labels are left out because the one before has its own there; never the last. */
export function crowded(lines: readonly Line[], { scale }: Axis): ReadonlySet<number> {
  const stops = stopsOf(lines);
  const [first = 1, last = 1] = [stops[0], stops.at(-1)];
  const range = { min: scale === "log" ? first : 0, max: last };
  const left = new Set<number>();
  let taken = Number.NEGATIVE_INFINITY;
  for (const x of stops) {
    const share = first === last ? 1 : shareOf(x, range, { scale } as Axis);
    const touchesLast = x !== last && 1 - share < labelShare;
    if (x !== last && (share - taken < labelShare || touchesLast)) left.add(x);
    else taken = share;
  }
  return left;
}

/** Every x that any line has, ascending. */
export function stopsOf(lines: readonly Line[]): number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort(
    (one, other) => one - other,
  );
}

/** More than so many measured values would stand too close. */
const ticksMax = 9;

/** The measured values, because nothing between them is known; or 1, 2 and 5 times powers of ten. */
export function ticksOf(stops: readonly number[], scale: Axis["scale"]): number[] {
  const [first, last] = [stops[0], stops.at(-1)];
  if (scale === "linear" || stops.length <= ticksMax || !first || !last) return [...stops];
  const powers = Array.from({ length: 16 }, (_, power) => 10 ** power);
  return powers
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((value) => value >= first && value <= last);
}

/** Heights, ascending, each at least `apart` below the one before and all within min and max. */
export function moveApart(
  heights: readonly number[],
  { min, max, apart }: { readonly min: number; readonly max: number; readonly apart: number },
): number[] {
  let below = max + apart;
  const up = heights.toReversed().map((height) => {
    below = Math.min(height, below - apart);
    return below;
  });
  let above = min - apart;
  return up.toReversed().map((height) => {
    above = Math.max(height, above + apart);
    return above;
  });
}
