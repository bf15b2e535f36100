// The table of the starts, and the design's bars: they hold for the median, of every case.

import type { Bar } from "../../harness/bar.ts";
import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import type { Start } from "../../harness/measure-starts.ts";
import { median } from "../../harness/median.ts";

export interface StartMeasurement extends Start {
  readonly candidate: string;
  /** Messages in its data directory. */
  readonly entries: number;
  /** From 0. */
  readonly round: number;
}

const startMsMax = 300;
const residentMegabytesMax = 90;

interface Case {
  readonly candidate: string;
  readonly entries: number;
  readonly ms: readonly number[];
  readonly megabytes: readonly number[];
}

function casesOf(measurements: readonly StartMeasurement[]): Case[] {
  const groups = Map.groupBy(measurements, ({ candidate, entries }) => `${candidate} ${entries}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const megabytes = group.map(({ residentBytes }) => residentBytes / 1e6);
    return [{ ...first, ms: group.map(({ ms }) => ms), megabytes }];
  });
}

const heading = ["candidate", "entries", "starts", "median ms", "max ms", "median MB", "max MB"];

export function summarise(measurements: readonly StartMeasurement[]): string {
  const rows = casesOf(measurements).map(({ candidate, entries, ms, megabytes }) => [
    candidate,
    grouped(entries),
    grouped(ms.length),
    ...[median(ms), Math.max(...ms), median(megabytes), Math.max(...megabytes)].map((value) =>
      fixed(value, 1),
    ),
  ]);
  return formatTable([heading, ...rows]);
}

export function barsOf(measurements: readonly StartMeasurement[]): Bar[] {
  return casesOf(measurements).flatMap(({ candidate, entries, ms, megabytes }) => {
    const what = `${candidate}, ${grouped(entries)} entries`;
    return [
      { what: `${what}: spawn to welcome`, value: median(ms), max: startMsMax, unit: "ms" },
      {
        what: `${what}: resident then`,
        value: median(megabytes),
        max: residentMegabytesMax,
        unit: "MB",
      },
    ];
  });
}
