// What so many people need, from what was measured: takes the figures from the kept results, and does
// arithmetic on paper, nothing else. Every figure brings its source; what was not measured stays
// unknown and is never guessed.

import { grouped } from "../harness/numbers.ts";
import { type Kept, ofBenchmark } from "../harness/record.ts";
import { median } from "../harness/statistics.ts";
import type { Scenario } from "../load/scenario.ts";
import type { LoadRow } from "../load/summary.ts";
import { isOurs, mainOf, nameOf } from "../servers/candidate-names.ts";
import type { BarMeasurement } from "../suites/bar/judge.ts";
import type { HistoryFigures } from "../suites/history/history-tables.ts";
import type { Resume } from "../suites/resume/measure-resume.ts";
import type { StartMeasurement } from "../suites/start.ts";
import { type FanoutTable, fanoutTables, isOpenLoop } from "./fanout-tables.ts";
import { dateOf, idleKinds } from "./section.ts";

export function capacityFigures(kept: readonly Kept[]): CapacityFigures {
  const tables = fanoutTables(kept).filter(({ scenario }) => scenario.textBytes === 64);
  const ours = (isOpen: boolean, fits: (scenario: Scenario) => boolean): Found[] =>
    tables
      .filter(({ scenario }) => isOpenLoop(scenario) === isOpen)
      .filter(({ scenario }) => fits(scenario))
      .flatMap((table) =>
        table.rows.flatMap((row) => (isOurs(row.candidate) ? [{ table, row }] : [])),
      );
  const [quiet] = ours(true, isCrowd).toSorted((one, other) => other.row.cpuUs - one.row.cpuUs);
  const [busy] = ours(false, hasTens).toSorted((one, other) => one.row.cpuUs - other.row.cpuUs);
  const some = ours(false, () => true)[0] ?? quiet;
  return {
    quietCpuUs: sourced(quiet, (row) => row.cpuUs, "fanout, open loop"),
    busyCpuUs: sourced(busy, (row) => row.cpuUs, "fanout, 100 rooms of 10, closed loop"),
    bytesPerDelivery: sourced(some, (row) => row.bytesPerDelivery, "fanout, 64-byte texts"),
    bytesPerConnection: idleBytes(kept),
    bytesAtStart: bytesAtStart(kept),
    logPerSecond: logPerSecond(kept),
    returnsPerSecond: returnsPerSecond(kept),
  };
}

/** Two people cost more a delivery than any crowd: they say nothing of one. */
const isCrowd = ({ rooms, members }: Scenario): boolean => rooms * members >= 1_000;
const hasTens = ({ rooms, members }: Scenario): boolean => rooms >= 100 && members === 10;

interface Found {
  readonly table: FanoutTable;
  readonly row: LoadRow;
}

function sourced(
  found: Found | undefined,
  read: (row: LoadRow) => number,
  what: string,
): Sourced | undefined {
  if (found === undefined) return undefined;
  const { table, row } = found;
  const source = `${what}: ${nameOf(row.candidate)}, ${dateOf(table.kept)}`;
  return { value: read(row), source };
}

/** In a room, where that was measured: who chats is in one. */
function idleBytes(kept: readonly Kept[]): Sourced | undefined {
  for (const each of ofBenchmark(kept, "idle")) {
    const measured = idleKinds(each).at(-1)?.measurements ?? [];
    const main = mainOf(measured.map(({ candidate }) => candidate));
    const ours = measured.filter(({ candidate }) => candidate === main);
    const [first] = ours;
    if (first === undefined) continue;
    const source = `idle: ${nameOf(first.candidate)}, ${grouped(first.crowd.held)} connections, ${dateOf(each)}`;
    return { value: median(ours.map(({ bytesPerConnection }) => bytesPerConnection)), source };
  }
  return undefined;
}

function bytesAtStart(kept: readonly Kept[]): Sourced | undefined {
  const [run] = ofBenchmark(kept, "start");
  const [old] = ofBenchmark(kept, "history");
  const starts =
    (run?.measurements as readonly StartMeasurement[] | undefined) ??
    (old?.measurements[0] as HistoryFigures | undefined)?.starts ??
    [];
  const from = run ?? old;
  if (from === undefined || starts.length === 0) return undefined;
  const value = median(starts.map(({ residentBytes }) => residentBytes));
  return { value, source: `${from.benchmark}: resident at the start, ${dateOf(from)}` };
}

/** The row `hub` of the bar, with fsync. */
function logPerSecond(kept: readonly Kept[]): Sourced | undefined {
  for (const each of ofBenchmark(kept, "bar")) {
    const rows = each.measurements as readonly BarMeasurement[];
    const found = rows.find(
      ({ row, what, value }) => row === "hub" && /fsync/.test(what) && value > 0,
    );
    if (found !== undefined)
      return { value: found.value, source: `bar: ${found.what}, ${dateOf(each)}` };
  }
  return undefined;
}

/** Of the slowest kept round. */
function returnsPerSecond(kept: readonly Kept[]): Sourced | undefined {
  const rounds = ofBenchmark(kept, "resume").flatMap((run) =>
    (run.measurements as readonly Resume[]).map(({ returned }) => ({
      value: returned.complete / (returned.completed.maxMs / 1000),
      source: `resume: ${grouped(returned.complete)} at once, the slowest round, ${dateOf(run)}`,
    })),
  );
  return rounds.toSorted((one, other) => one.value - other.value)[0];
}

export interface Sourced {
  readonly value: number;
  /** Which run, in words. */
  readonly source: string;
}

export interface CapacityFigures {
  /** CPU of the server per delivery while it has little to do: no two deliveries share a write. */
  readonly quietCpuUs?: Sourced | undefined;
  /** The same under full load in small rooms, where still hardly any do. */
  readonly busyCpuUs?: Sourced | undefined;
  readonly bytesPerConnection?: Sourced | undefined;
  readonly bytesAtStart?: Sourced | undefined;
  readonly bytesPerDelivery?: Sourced | undefined;
  /** Messages a second through hub and log, the default durability. */
  readonly logPerSecond?: Sourced | undefined;
  /** People a second who come back after all were cut off. */
  readonly returnsPerSecond?: Sourced | undefined;
}

export interface Crowd {
  /** At the same time. */
  readonly online: number;
  /** Of each, on average over the day's busy hours. */
  readonly messagesPerMinute: number;
  /** Who receive a message: members of its room who are online. */
  readonly members: number;
}

export interface Need {
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** Fewest and most: by the cheaper and the dearer of the two CPU figures. */
  readonly cores: readonly [number, number] | undefined;
  readonly memoryBytes: number | undefined;
  readonly bitsPerSecond: number | undefined;
  /** Of what the hub and its log carry; above 1 it is too much for one server. */
  readonly logShare: number | undefined;
  readonly secondsUntilBack: number | undefined;
}

/** The busiest moment has so many times the average. */
export const peak = 3;
/** Ethernet, IPv4 and TCP with timestamps, when a delivery is a packet by itself. */
export const headerBytes = 66;
/** A core that is busy for more than this share of the time makes others wait. */
export const coreShareMax = 0.6;

export function needOf({ online, messagesPerMinute, members }: Crowd, of: CapacityFigures): Need {
  const messagesPerSecond = ((online * messagesPerMinute) / 60) * peak;
  const deliveriesPerSecond = messagesPerSecond * members;
  const cores = (figure: Sourced | undefined) =>
    times(figure, deliveriesPerSecond / 1e6 / coreShareMax);
  const [quiet, busy] = [cores(of.quietCpuUs), cores(of.busyCpuUs)];
  const crowdBytes = times(of.bytesPerConnection, online);
  const frameBytes = of.bytesPerDelivery?.value;
  return {
    messagesPerSecond,
    deliveriesPerSecond,
    cores: quiet === undefined || busy === undefined ? undefined : ascending(quiet, busy),
    memoryBytes: sum(crowdBytes, of.bytesAtStart?.value),
    bitsPerSecond:
      frameBytes === undefined ? undefined : deliveriesPerSecond * (frameBytes + headerBytes) * 8,
    logShare: over(messagesPerSecond, of.logPerSecond),
    secondsUntilBack: over(online, of.returnsPerSecond),
  };
}

const times = (figure: Sourced | undefined, by: number): number | undefined =>
  figure === undefined ? undefined : figure.value * by;

const over = (value: number, figure: Sourced | undefined): number | undefined =>
  figure === undefined ? undefined : value / figure.value;

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one + other;

const ascending = (one: number, other: number): readonly [number, number] =>
  one < other ? [one, other] : [other, one];
