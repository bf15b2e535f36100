// `bun run bench micro`: the steps of the hot path, one by one. Times per call, by mitata; of the
// hub also messages per second, against the design's bars.

import { parseArgs } from "node:util";
import { print } from "@maru/core";
import { run as measure } from "mitata";
import { formatBars, isMet } from "../../harness/bar.ts";
import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { describeMachine } from "../../harness/machine.ts";
import { recordResults } from "../../harness/record-results.ts";
import { floorBytes, measureDiskFloor } from "./disk-floor.ts";
import { barOf, describeHub, type HubFigures, type HubLog, hubCases, measureHub } from "./hub.ts";
import { wire } from "./wire.ts";

const usage = `usage: bun run bench micro [options]

  --logs LIST  logs of the hub: memory, os, fsync (default memory,os,fsync)
  --hub        the hub alone, without frames and validation
`;

const settings = {
  logs: { type: "string", default: "memory,os,fsync" },
  hub: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: settings });
  if (!values.help) return runAll(values.logs.split(",").map(readLog), values.hub);
  print(usage);
  return 0;
}

async function runAll(logs: readonly HubLog[], hubAlone: boolean): Promise<number> {
  const machine = describeMachine();
  if (!hubAlone) {
    wire();
    await measure();
  }
  const disk = measureDiskFloor();
  const measurements: HubFigures[] = [];
  for (const hubCase of hubCases(logs)) {
    measurements.push(await measureHub(hubCase));
    process.stderr.write(`hub, ${describeHub(hubCase)}: done\n`);
  }
  const bars = measurements.flatMap((figures) => barOf(figures) ?? []);
  process.stdout.write(`\n${tableOf(measurements)}\n`);
  const { p50Ms, p99Ms } = disk;
  const floor = `p50 ${fixed(p50Ms * 1000, 1)} µs, p99 ${fixed(p99Ms * 1000, 1)} µs`;
  process.stdout.write(`\nthe disk alone, ${grouped(floorBytes)} bytes and fdatasync: ${floor}\n`);
  process.stdout.write(`\n${formatBars(bars)}\n`);
  const options = { logs, hubAlone };
  const path = recordResults({
    benchmark: "micro",
    machine,
    options,
    measurements: [...measurements, { disk }],
  });
  process.stdout.write(`\nevery measurement of the hub: ${path}\n`);
  return bars.every(isMet) ? 0 : 1;
}

function tableOf(measurements: readonly HubFigures[]): string {
  const rows = measurements.map((figures) => [
    describeHub(figures),
    ...[figures.averageNs, figures.p50Ns, figures.p99Ns].map((ns) => fixed(ns / 1000, 1)),
    grouped(figures.messagesPerSecond),
  ]);
  return formatTable([["hub", "average µs", "p50 µs", "p99 µs", "messages/s"], ...rows]);
}

function readLog(text: string): HubLog {
  if (text === "memory" || text === "os" || text === "fsync") return text;
  throw new RangeError(`--logs takes memory, os and fsync, not "${text}"`);
}
