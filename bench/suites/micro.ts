// The steps of the hot path, one by one, in this process: a message's way in and out of the wire
// format, times per call, by mitata; and the hub, also in messages per second, against the design's
// bars.

import { encodeFrame, encodeFrameInto, FrameDecoder } from "@maru/protocol";
import { chatProtocol } from "@maru/protocol/chat";
import { bench, do_not_optimize, group, run } from "mitata";
import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { someOf, toggle } from "../harness/options.ts";
import type { Latencies } from "../harness/statistics.ts";
import { type Column, column, paragraphs, tableOf } from "../harness/table.ts";
import { floorBytes, measureDiskFloor } from "../load/machine-best.ts";
import { barOf, describeHub, type HubFigures, hubCases, hubLogs, measureHub } from "./micro/hub.ts";

const text = "x".repeat(64);
const command = JSON.stringify({ type: "send", id: 12345, room: "lobby", text });
const payload = new TextEncoder().encode(command);
/** What one socket may deliver at once: 64 commands. */
const chunk = Buffer.concat(Array.from({ length: 64 }, () => encodeFrame(command)));
const event = {
  type: "message",
  room: "lobby",
  seq: 1,
  at: Date.now(),
  from: "mina",
  text,
} as const;
const target = new Uint8Array(new SharedArrayBuffer(4_096));

/** Prints what mitata has to say. */
export async function measureWire(): Promise<void> {
  group("in", () => {
    bench("64 frames out of one chunk", () => {
      const decoder = new FrameDecoder(65_536);
      decoder.push(chunk);
      while (decoder.next() !== null);
    });
    bench("decode and validate one send", () =>
      do_not_optimize(chatProtocol.client.decode(payload)),
    );
  });
  group("out", () => {
    bench("encode one event into shared memory", () => {
      do_not_optimize(encodeFrameInto(target, 0, chatProtocol.server.encode(event)));
    });
  });
  await run();
}

type Row = HubFigures | { readonly disk: Latencies };

const columns: readonly Column<HubFigures>[] = [
  column("hub", describeHub),
  column("average µs", ({ averageNs }) => fixed(averageNs / 1000, 1)),
  column("p50 µs", ({ p50Ns }) => fixed(p50Ns / 1000, 1)),
  column("p99 µs", ({ p99Ns }) => fixed(p99Ns / 1000, 1)),
  column("messages/s", ({ messagesPerSecond }) => grouped(messagesPerSecond)),
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
