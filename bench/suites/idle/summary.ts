// The table of the idle benchmark: of each crowd the round in the middle, by bytes per connection.

import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { type IdleMeasurement, isWhole } from "./measure-idle.ts";

export interface IdleSummary extends IdleMeasurement {
  /** Of all rounds, from the least to the most; this is the one in the middle. */
  readonly bytesPerConnectionOfRounds: readonly number[];
  /** Rounds in which somebody was not held from the beginning to the end. */
  readonly lossyRounds: number;
}

/** One for each candidate and number of rooms, in the order in which they were first measured. */
export function middleRounds(measurements: readonly IdleMeasurement[]): IdleSummary[] {
  const crowds = Map.groupBy(measurements, ({ candidate, rooms }) => `${rooms} ${candidate}`);
  return [...crowds.values()].flatMap((rounds) => {
    const sorted = rounds.toSorted(
      (one, other) => one.bytesPerConnection - other.bytesPerConnection,
    );
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    if (middle === undefined) return [];
    const bytesPerConnectionOfRounds = sorted.map(({ bytesPerConnection }) => bytesPerConnection);
    const lossyRounds = rounds.filter((round) => !isWhole(round)).length;
    return [{ ...middle, bytesPerConnectionOfRounds, lossyRounds }];
  });
}

const heading = [
  "candidate",
  "rooms",
  "held",
  "turned away",
  "held at the end",
  "MB before",
  "MB with them",
  "KB each",
  "of all rounds",
  "one more",
];

export function tableOf(measurements: readonly IdleSummary[]): string {
  const megabytes = (bytes: number): string => fixed(bytes / 1e6, 1);
  const kilobytes = (bytes: number | undefined): string => fixed((bytes ?? Number.NaN) / 1024, 2);
  const rows = measurements.map(({ candidate, rooms, before, after, crowd, oneMore, ...each }) => [
    candidate,
    grouped(rooms),
    grouped(crowd.held),
    grouped(crowd.refused + crowd.failed),
    grouped(each.released.held),
    megabytes(before.residentBytes),
    megabytes(after.residentBytes),
    kilobytes(each.bytesPerConnection),
    `${kilobytes(each.bytesPerConnectionOfRounds.at(0))}–${kilobytes(each.bytesPerConnectionOfRounds.at(-1))}`,
    oneMore.held > 0 ? "let in" : oneMore.refusal || "cut without a word",
  ]);
  return formatTable([heading, ...rows]);
}
