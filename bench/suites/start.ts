// The start-up: from spawning the server to its first `welcome`, and its memory then, with an empty
// data directory and with one that has been in use.

import type { Bar } from "../harness/bars.ts";
import { defineBenchmark } from "../harness/benchmark.ts";
import { digits, fixed, grouped } from "../harness/numbers.ts";
import { listOf, names, readWhole, toggle, whole } from "../harness/options.ts";
import { groupsOf } from "../harness/outcome.ts";
import { createScratchDir } from "../harness/places.ts";
import { inRounds } from "../harness/rounds.ts";
import type { Flags } from "../harness/server.ts";
import { median } from "../harness/statistics.ts";
import { type Column, column, columnsOver, tableOf } from "../harness/table.ts";
import { measureStart, type Start } from "../load/measure-start.ts";
import { nameOf } from "../servers/candidate-names.ts";
import { readMaru } from "../servers/maru.ts";
import { placeRoom } from "./history/cached-room.ts";

export interface StartMeasurement extends Start {
  readonly candidate: string;
  /** Messages in its data directory. */
  readonly entries: number;
  /** From 0. */
  readonly round: number;
}

type Starts = readonly StartMeasurement[];

export const startRows = (measurements: Starts): Starts[] =>
  groupsOf(measurements, ({ candidate, entries }) => `${candidate} ${entries}`);

const { middle, most } = columnsOver<Starts, StartMeasurement>((row) => row);

export const startColumns: readonly Column<Starts>[] = [
  column(
    "spawn to `welcome`",
    ([first]) =>
      `${nameOf(first?.candidate ?? "")}, ${grouped(first?.entries ?? 0)} messages on disk`,
  ),
  column("starts", (row) => grouped(row.length)),
  middle("median ms", ({ ms }) => ms, digits(0)),
  most("worst ms", ({ ms }) => ms, digits(0)),
  middle("median MB", ({ residentBytes }) => residentBytes / 1e6, digits(1)),
  most("worst MB", ({ residentBytes }) => residentBytes / 1e6, digits(1)),
];

/** The design's bars hold for the median. */
export function startBars(what: string, starts: readonly Start[]): [Bar, Bar] {
  const ms = median(starts.map((start) => start.ms));
  const megabytes = median(starts.map(({ residentBytes }) => residentBytes / 1e6));
  return [
    { what: `${what}spawn to the first welcome`, value: ms, max: 300, unit: "ms" },
    { what: `${what}resident then`, value: megabytes, max: 90, unit: "MB" },
  ];
}

const options = {
  candidates: names(
    "maru:WORKERS[:DURABILITY]; the default is how it is shipped",
    "maru:auto:fsync",
  ),
  entries: listOf(
    "messages in the data directory; 0 = it is empty",
    "0,100000",
    (text, name) => readWhole(text, name),
    { quick: "0" },
  ),
  rounds: whole("starts of each", 15, { min: 1, quick: 3 }),
  quick: toggle("three starts with an empty directory"),
};

export const start = defineBenchmark<typeof options, StartMeasurement>({
  name: "start",
  about: "from spawning the server to the first welcome, and its memory then",
  answers: `How long the server takes from its spawning to the first connection's welcome, and what memory is
    resident then, with nothing on disk and with a room that has been in use. The design's bars hold
    for the median of each case; ends with 1 when one is missed.`,
  options,
  async steps({ candidates, entries: counts, rounds }, run) {
    const scratch = createScratchDir();
    run.defer(scratch.remove);
    const cases: { candidate: string; entries: number; flags: Flags }[] = [];
    for (const candidate of candidates) {
      const settings = readMaru(candidate);
      if (settings === undefined) throw new RangeError(`start takes maru:…, not "${candidate}"`);
      for (const entries of counts) {
        // A used directory serves all starts of its case: each server leaves it in order.
        const data = `${scratch.path}/${cases.length}`;
        if (entries > 0) await placeRoom(data, entries, run.note);
        const flags = entries === 0 ? { ...settings } : { ...settings, data };
        cases.push({ candidate, entries, flags });
      }
    }
    return inRounds(rounds, cases, ({ candidate, entries, flags }, round) => ({
      what: `${candidate}, ${grouped(entries)} entries`,
      measure: async () => ({ candidate, entries, round, ...(await measureStart(flags)) }),
      note: ({ ms, residentBytes }) => `${fixed(ms, 1)} ms, ${fixed(residentBytes / 1e6, 1)} MB`,
    }));
  },
  tables: (rows) => tableOf(startColumns, startRows(rows), "terminal"),
  bars: (rows) =>
    startRows(rows).flatMap((row) => {
      const [first] = row;
      return startBars(`${first?.candidate}, ${grouped(first?.entries ?? 0)} entries: `, row);
    }),
});
