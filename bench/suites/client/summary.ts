// The tables of the client's benchmark, and its figures against the design's bars.

import type { Bar } from "../../harness/bar.ts";
import { fixed, grouped, ratio } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { median } from "../../harness/median.ts";
import { faultWords } from "./faults.ts";
import {
  barRate,
  type ClientMeasurement,
  echoesByLoad,
  echoP99MsMax,
  growthFrom,
  growthMegabytesMax,
  growths,
  growthTo,
  memoriesOf,
  middle,
  residentAfter,
  roomWord,
  startMsMax,
  startsOf,
} from "./figures.ts";

const kinds = [true, false];

export function summarise(all: readonly ClientMeasurement[]): string {
  const tables = [startTable(all), memoryTable(all), echoTable(all)];
  return tables.filter((table) => table !== "").join("\n\n");
}

function startTable(all: readonly ClientMeasurement[]): string {
  const starts = startsOf(all);
  if (starts.length === 0) return "";
  const row = (what: string, values: readonly number[], decimals: number) => [
    what,
    grouped(values.length),
    ...[median(values), Math.min(...values), Math.max(...values)].map((v) => fixed(v, decimals)),
  ];
  return formatTable([
    ["start", "starts", "median", "min", "max"],
    row(
      "first frame with the room's name, ms",
      starts.map((start) => start.firstFrameMs),
      0,
    ),
    row(
      "the room's newest message, ms",
      starts.map((start) => start.newestMs),
      0,
    ),
    row(
      "resident then, MB",
      starts.map((start) => start.residentBytes / 1e6),
      1,
    ),
  ]);
}

function memoryTable(all: readonly ClientMeasurement[]): string {
  const memories = memoriesOf(all);
  if (memories.length === 0) return "";
  const rows = kinds.flatMap((isShown) => {
    const here = memories.filter((memory) => memory.isShown === isShown);
    const counts = [...new Set(here.flatMap(({ points }) => points.map((p) => p.messages)))];
    const faults = here.map(faultWords).filter((words) => words !== "");
    return counts.map((messages) => {
      const megabytes = residentAfter(here, messages).map((bytes) => bytes / 1e6);
      const figures = [median(megabytes), Math.min(...megabytes), Math.max(...megabytes)];
      return [
        roomWord(isShown),
        grouped(messages),
        grouped(megabytes.length),
        ...figures.map((value) => fixed(value, 1)),
        faults.join("; ") || "none",
      ];
    });
  });
  const heading = ["resident, MB", "messages", "rounds", "median", "min", "max", "faults"];
  return formatTable([heading, ...rows]);
}

function echoTable(all: readonly ClientMeasurement[]): string {
  const loads = echoesByLoad(all);
  if (loads.length === 0) return "";
  const heading = [
    "beside typing",
    "messages/s",
    "keys",
    "p50 ms",
    "p99 ms",
    "max ms",
    "p99 ÷ quiet",
    "shown age p99 ms",
    "client cores",
    "KB/s drawn",
    "frames/s",
    "faults",
  ];
  const quiet = loads.find(([, [echo]]) => isQuiet(echo?.load))?.[1] ?? [];
  const quietP99 = middle(quiet, ({ echo }) => echo.p99Ms);
  const rows = loads.map(([name, here]) => {
    const p99 = middle(here, ({ echo }) => echo.p99Ms);
    const faults = here.map(faultWords).filter((words) => words !== "");
    return [
      name,
      grouped(middle(here, (each) => each.messagesPerSecond)),
      grouped(here.reduce((sum, { typed }) => sum + typed, 0)),
      fixed(
        middle(here, ({ echo }) => echo.p50Ms),
        1,
      ),
      fixed(p99, 1),
      fixed(
        middle(here, ({ echo }) => echo.maxMs),
        1,
      ),
      ratio(p99, quietP99),
      fixed(
        middle(here, ({ shownAge }) => shownAge?.p99Ms),
        0,
      ),
      fixed(
        middle(here, (each) => each.clientCores),
        2,
      ),
      fixed(middle(here, (each) => each.bytesPerSecond) / 1e3, 1),
      fixed(
        middle(here, (each) => each.framesPerSecond),
        1,
      ),
      faults.join("; ") || "none",
    ];
  });
  return formatTable([heading, ...rows]);
}

const isQuiet = (
  load: { readonly messagesPerSecond: number; readonly pastMessages: number } | undefined,
): boolean => load?.messagesPerSecond === 0 && load.pastMessages === 0;

/** Of what was measured; a part that has no sound round has a bar without a figure, which is missed. */
export function barsOf(all: readonly ClientMeasurement[]): Bar[] {
  return [...startBars(all), ...memoryBars(all), ...echoBars(all)];
}

export function startBars(all: readonly ClientMeasurement[]): Bar[] {
  const starts = startsOf(all);
  if (starts.length === 0) return [];
  const value = median(starts.map(({ firstFrameMs }) => firstFrameMs));
  const what = "the client's first frame with the room's name, median";
  return [{ what, value, max: startMsMax, unit: "ms" }];
}

export function memoryBars(all: readonly ClientMeasurement[]): Bar[] {
  return kinds.flatMap((isShown) => {
    const here = memoriesOf(all).filter((memory) => memory.isShown === isShown);
    const isTold = here.some(({ points }) => points.some((p) => p.messages === growthTo));
    if (!isTold) return [];
    const what = `the client grows from ${grouped(growthFrom)} to ${grouped(growthTo)} messages ${roomWord(isShown)}`;
    // Less than before is no growth.
    const value = Math.max(0, median(growths(here)));
    return [{ what, value, max: growthMegabytesMax, unit: "MB" }];
  });
}

export function echoBars(all: readonly ClientMeasurement[]): Bar[] {
  return echoesByLoad(all).flatMap(([name, here]) => {
    const isHeld = here.some(({ load }) => load.messagesPerSecond <= barRate);
    if (!isHeld) return [];
    const value = middle(here, ({ echo }) => echo.p99Ms);
    return [{ what: `echo of a key, ${name}: p99`, value, max: echoP99MsMax, unit: "ms" }];
  });
}
