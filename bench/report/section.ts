// A part of a page that is written by machine, with its charts; and what such parts say around a kept
// result: when it was taken, of which commit, on which machine.

import type { Kept } from "../harness/record.ts";
import type { IdleMeasurement } from "../load/measure-idle.ts";

export interface Section {
  /** Of the markers in the page. */
  readonly name: string;
  /** From the kept results, newest first; the same text for the same results. */
  render(kept: readonly Kept[]): Rendered;
}

export interface Rendered {
  readonly markdown: string;
  /** SVG by file name. */
  readonly charts?: Readonly<Record<string, string>>;
}

const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** `22 November 2026, 20:43 UTC`. */
export function dateOf({ takenAt }: Kept): string {
  const [day = "", time = ""] = takenAt.split("T");
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${months[(month ?? 1) - 1]} ${year}, ${time.slice(0, 5)} UTC`;
}

/** The commit, and whether the tree differed from it. */
export function commitOf({ machine }: Kept): string {
  return machine.modified ? `${machine.commit} with changes` : machine.commit;
}

/** `22 November 2026, 20:43 UTC, commit 0123456789ab.` */
export const sourceOf = (kept: Kept): string => `${dateOf(kept)}, commit ${commitOf(kept)}.`;

/** What stands below every chart. */
export function captionOf(kept: Kept): string {
  const { cpu, cores, memoryBytes, kernel, bun } = kept.machine;
  const [major = "", minor = ""] = kernel.split(".");
  const memory = `${Math.round(memoryBytes / 1e9)} GB`;
  const machine = `${cpu}, ${cores} cores, ${memory}, Linux ${major}.${minor}, Bun ${bun}`;
  return `Commit ${commitOf(kept)}  ·  ${machine}  ·  ${dateOf(kept)}  ·  loopback`;
}

export function notMeasured(benchmark: string): string {
  return `_Not measured yet: \`bun run bench ${benchmark}\`._`;
}

/** A chart beside this page. */
export const picture = (alt: string, file: string): string => `![${alt}](charts/${file})`;

export interface IdleKind {
  readonly rooms: number;
  readonly measurements: readonly IdleMeasurement[];
}

/** The fewest rooms first. */
export function idleKinds({ options, measurements }: Kept): IdleKind[] {
  const { rooms } = (options ?? {}) as { readonly rooms?: number | readonly number[] };
  const ofAll = typeof rooms === "number" ? rooms : 0;
  const all = measurements as readonly (IdleMeasurement & { readonly rooms?: number })[];
  const kinds = [...Map.groupBy(all, (each) => each.rooms ?? ofAll)];
  return kinds
    .map(([count, here]) => ({ rooms: count, measurements: here }))
    .toSorted((one, other) => one.rooms - other.rooms);
}
