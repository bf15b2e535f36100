// Idle connections: what one costs that only stays, and what the one too many is told.

import { defineBenchmark } from "../harness/benchmark.ts";
import { digits, grouped } from "../harness/numbers.ts";
import { names, real, whole } from "../harness/options.ts";
import { groupsOf } from "../harness/outcome.ts";
import { inRounds } from "../harness/rounds.ts";
import { median } from "../harness/statistics.ts";
import { type Column, column, columnsOver, tableOf } from "../harness/table.ts";
import {
  type IdleMeasurement,
  isWhole,
  measureIdle,
  requireOpenFiles,
  settleSecondsDefault,
} from "../load/measure-idle.ts";
import { nameOf } from "../servers/candidate-names.ts";
import { chooseCandidates, versionsOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";

const options = {
  candidates: names("maru:WORKERS[:DURABILITY], a peer's name, or all", "maru:0,maru:1,bun-serve"),
  connections: whole("to hold; Maru is started with just this many allowed", 19_000, { min: 1 }),
  rooms: whole(
    "spread them over so many rooms; 0: greeted only, which the WebSocket peers can't be: they get one room then",
    0,
  ),
  rounds: whole("the median of them is shown", 3, { min: 1 }),
  settleSeconds: real(
    "seconds between the last change and each reading of memory",
    settleSecondsDefault,
    { flag: "settle", value: "S" },
  ),
};

/** The rounds of one candidate with as many rooms. */
export type IdleRounds = readonly IdleMeasurement[];

/** The least memory first. */
export function idleRows(measurements: IdleRounds): IdleRounds[] {
  const bytesOf = (rounds: IdleRounds): number =>
    median(rounds.map(({ bytesPerConnection }) => bytesPerConnection));
  return groupsOf(measurements, ({ candidate, rooms }) => `${rooms} ${candidate}`).sort(
    (one, other) => bytesOf(one) - bytesOf(other),
  );
}

const { middle, within, least, most } = columnsOver<IdleRounds, IdleMeasurement>((row) => row);

export const idleColumns: readonly Column<IdleRounds>[] = [
  column("server", ([first]) => nameOf(first?.candidate ?? "")),
  middle("rooms", ({ rooms }) => rooms, grouped, "terminal"),
  least("connections", ({ crowd }) => crowd.held),
  most("turned away", ({ crowd }) => crowd.refused + crowd.failed, grouped, "terminal"),
  least("held at the end", ({ released }) => released.held, grouped, "terminal"),
  column("rounds", (rounds) => grouped(rounds.length)),
  middle("MB before", ({ before }) => before.residentBytes / 1e6, digits(1)),
  middle("MB with them", ({ after }) => after.residentBytes / 1e6, digits(1)),
  within("KB each", ({ bytesPerConnection }) => bytesPerConnection / 1024, 2),
  column("one more", (rounds) => welcomeOf(rounds.at(-1)), "terminal"),
];

/** What one connection beyond the crowd was told. */
function welcomeOf(measurement: IdleMeasurement | undefined): string {
  if (measurement === undefined || measurement.oneMore.held > 0) return "let in";
  return measurement.oneMore.refusal || "cut without a word";
}

export const idle = defineBenchmark<typeof options, IdleMeasurement>({
  name: "idle",
  about: "memory of idle connections, and what the one too many is told",
  answers: `What a connection costs in the server's memory that only stays, and what the one too many is told.
    Ends with 1 when a server lost one of the crowd. About 5 minutes.`,
  options,
  steps(values, run) {
    requireOpenFiles(values.connections);
    const programs = buildPrograms();
    const candidates = chooseCandidates(values.candidates, programs);
    run.versions = versionsOf(candidates);
    return inRounds(values.rounds, candidates, (candidate) => ({
      what: `${grouped(values.connections)} connections, ${candidate.name}`,
      measure: () => measureIdle(candidate, programs.load, values),
      note: ({ bytesPerConnection }) => `${digits(2)(bytesPerConnection / 1024)} KB each`,
    }));
  },
  tables: (rows) => tableOf(idleColumns, idleRows(rows), "terminal"),
  isSound: isWhole,
});
