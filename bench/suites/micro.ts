// The steps of the hot path, one by one, in this process: times per call, by mitata; of the hub also
// messages per second, against the design's bars.

import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { someOf, toggle } from "../harness/options.ts";
import type { Latencies } from "../harness/statistics.ts";
import { type Column, paragraphs, tableOf } from "../harness/table.ts";
import { floorBytes, measureDiskFloor } from "../load/disk-floor.ts";
import { barOf, describeHub, type HubFigures, hubCases, hubLogs, measureHub } from "./micro/hub.ts";
import { measureWire } from "./micro/wire.ts";

type Row = HubFigures | { readonly disk: Latencies };

const columns: readonly Column<HubFigures>[] = [
  { title: "hub", cell: describeHub },
  { title: "average µs", cell: ({ averageNs }) => fixed(averageNs / 1000, 1) },
  { title: "p50 µs", cell: ({ p50Ns }) => fixed(p50Ns / 1000, 1) },
  { title: "p99 µs", cell: ({ p99Ns }) => fixed(p99Ns / 1000, 1) },
  { title: "messages/s", cell: ({ messagesPerSecond }) => grouped(messagesPerSecond) },
];

const hubsOf = (rows: readonly Row[]): HubFigures[] =>
  rows.flatMap((row) => ("log" in row ? [row] : []));

const options = {
  logs: someOf(`logs of the hub: ${hubLogs.join(", ")} (default all)`, hubLogs),
  hub: toggle("the hub alone, without frames and validation"),
};

export const micro = defineBenchmark<typeof options, Row>({
  name: "micro",
  about: "single steps: decode and validate, encode, a tick of the hub with each log",
  answers: `What single steps of the hot path take: a message's way in and out of the wire format, and a tick
    of the hub with each log, beside what the disk alone takes for a commit. Ends with 1 when a bar of
    the hub is missed.`,
  options,
  async steps({ logs, hub }) {
    if (!hub) await measureWire(); // mitata prints its own table
    return [
      { what: "the disk alone", measure: async () => ({ disk: measureDiskFloor() }) },
      ...hubCases(logs).map((each) => ({
        what: `hub, ${describeHub(each)}`,
        measure: () => measureHub(each),
      })),
    ];
  },
  tables: (rows) =>
    paragraphs(
      tableOf(columns, hubsOf(rows), "terminal"),
      ...rows.flatMap((row) => ("disk" in row ? [diskLine(row.disk)] : [])),
    ),
  bars: (rows) => hubsOf(rows).flatMap((figures) => barOf(figures) ?? []),
});

function diskLine({ p50Ms, p99Ms }: Latencies): string {
  const floor = `p50 ${fixed(p50Ms * 1000, 1)} µs, p99 ${fixed(p99Ms * 1000, 1)} µs`;
  return `the disk alone, ${grouped(floorBytes)} bytes and fdatasync: ${floor}`;
}
