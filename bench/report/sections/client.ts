// The full-screen client: its start, its memory, and a key's echo. The newest kept run.

import { fixed, grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import { faultWords } from "../../suites/client/faults.ts";
import {
  type ClientMeasurement,
  echoesByLoad,
  memoriesOf,
  middle,
  residentAfter,
  roomWord,
  startsOf,
} from "../../suites/client/figures.ts";
import type { ClientEcho } from "../../suites/client/measure-echo.ts";
import type { ClientMemory } from "../../suites/client/measure-memory.ts";
import { spreadOf } from "../fanout-tables.ts";
import { markdownTable, notMeasured, paragraphs } from "../markdown.ts";
import { commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import { fixedWithin } from "../short-numbers.ts";
import type { Section } from "./section.ts";

export const clientSection: Section = {
  name: "client",
  render(kept) {
    const [run] = ofBenchmark(kept, "client");
    if (run === undefined) return { markdown: notMeasured("client") };
    const all = run.measurements as readonly ClientMeasurement[];
    const tables = [startTable(all), memoryTable(all), echoTable(all)];
    return { markdown: paragraphs(...tables, runOf(run)) };
  },
};

const within = (values: readonly number[], decimals: number): string =>
  values.length === 0 ? "–" : fixedWithin(median(values), spreadOf(values), decimals);

const faultsOf = (here: readonly (ClientEcho | ClientMemory)[]): string =>
  here
    .map(faultWords)
    .filter((words) => words !== "")
    .join("; ") || "none";

function startTable(all: readonly ClientMeasurement[]): string {
  const starts = startsOf(all);
  if (starts.length === 0) return "";
  const row = (what: string, values: readonly number[], decimals: number) => [
    what,
    grouped(values.length),
    within(values, decimals),
  ];
  return markdownTable([
    ["start", "starts", "median (min–max)"],
    row(
      "spawn to the first frame with the room's name, ms",
      starts.map(({ firstFrameMs }) => firstFrameMs),
      0,
    ),
    row(
      "spawn to the room's newest message on the screen, ms",
      starts.map(({ newestMs }) => newestMs),
      0,
    ),
    row(
      "resident then, MB",
      starts.map(({ residentBytes }) => residentBytes / 1e6),
      1,
    ),
  ]);
}

function memoryTable(all: readonly ClientMeasurement[]): string {
  const memories = memoriesOf(all);
  if (memories.length === 0) return "";
  const counts = [
    ...new Set(memories.flatMap(({ points }) => points.map(({ messages }) => messages))),
  ].toSorted((a, b) => a - b);
  const rows = [true, false].map((isShown) => {
    const here = memories.filter((memory) => memory.isShown === isShown);
    const cells = counts.map((messages) =>
      within(
        residentAfter(here, messages).map((bytes) => bytes / 1e6),
        1,
      ),
    );
    return [`arrived ${roomWord(isShown)}`, ...cells, faultsOf(here)];
  });
  const heading = counts.map((count) => `after ${grouped(count)}`);
  return markdownTable([["resident, MB (min–max)", ...heading, "faults"], ...rows]);
}

function echoTable(all: readonly ClientMeasurement[]): string {
  const loads = echoesByLoad(all);
  if (loads.length === 0) return "";
  const rows = loads.map(([name, here]) => {
    const ms = (read: (echo: ClientEcho) => number | undefined, decimals: number) =>
      fixed(middle(here, read), decimals);
    return [
      name,
      grouped(middle(here, ({ messagesPerSecond }) => messagesPerSecond)),
      grouped(here.reduce((sum, { typed }) => sum + typed, 0)),
      ms(({ echo }) => echo.p50Ms, 1),
      within(
        here.map(({ echo }) => echo.p99Ms),
        1,
      ),
      ms(({ echo }) => echo.maxMs, 1),
      ms(({ shownAge }) => shownAge?.p99Ms, 0),
      ms(({ clientCores }) => clientCores, 2),
      ms(({ bytesPerSecond }) => bytesPerSecond / 1e3, 0),
      ms(({ framesPerSecond }) => framesPerSecond, 0),
      faultsOf(here),
    ];
  });
  const heading = [
    "somebody types, meanwhile",
    "messages/s",
    "keys",
    "echo p50 ms",
    "p99 ms (min–max)",
    "max ms",
    "shown age, p99 ms",
    "client, cores",
    "KB/s drawn",
    "frames/s",
    "faults",
  ];
  return markdownTable([heading, ...rows]);
}

/** A pause of somebody else's is in a tail as one of ours would be: so it is told that others ran. */
const quietLoadMax = 0.5;

function runOf(run: Kept): string {
  const { loadAverage } = run.machine;
  const others = `; others were at work on the machine (load average ${fixed(loadAverage, 1)} before it)`;
  return `${dateOf(run)}, commit ${commitOf(run)}${loadAverage > quietLoadMax ? others : ""}.`;
}
