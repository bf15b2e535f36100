// The idle benchmark: what a connection costs that only stays, and what the one too many is told.

import { readFileSync } from "node:fs";
import { chooseCandidates, versionsOf } from "../servers/choose-candidates.ts";
import { buildPrograms } from "../servers/programs.ts";
import { fixed, grouped } from "../stage/format-number.ts";
import { formatTable } from "../stage/format-table.ts";
import { describeMachine } from "../stage/machine.ts";
import { startProgress } from "../stage/progress.ts";
import { recordResults } from "../stage/record-results.ts";
import { type IdleMeasurement, measureIdle } from "./measure-idle.ts";
import { type IdleOptions, idleUsage, readIdleOptions } from "./options.ts";

/** Files that a process needs besides its connections. */
const filesSpare = 200;

export async function run(args: string[]): Promise<number> {
  const options = readIdleOptions(args);
  if (options !== undefined) return runAll(options);
  process.stdout.write(idleUsage);
  return 0;
}

async function runAll(options: IdleOptions): Promise<number> {
  const filesMax = openFilesMax();
  if (options.connections + filesSpare > filesMax) {
    throw new RangeError(
      `${options.connections} connections need a larger ulimit -n than ${filesMax}`,
    );
  }
  const programs = buildPrograms();
  const machine = describeMachine();
  const candidates = chooseCandidates(options.candidates, programs);
  const versions = versionsOf(candidates);
  using progress = startProgress({ title: "idle", steps: candidates.length });
  const measurements: IdleMeasurement[] = [];
  for (const candidate of candidates) {
    progress.step(`${grouped(options.connections)} connections, ${candidate.name}`);
    const measurement = await measureIdle(candidate, programs.load, options);
    measurements.push(measurement);
    progress.note(`${fixed(measurement.bytesPerConnection / 1024, 2)} KB each`);
  }
  progress.end();
  process.stdout.write(`${tableOf(measurements)}\n`);
  const path = recordResults({ benchmark: "idle", machine, options, versions, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return 0;
}

/** The hard limit, which Bun and the C programs raise themselves to. */
function openFilesMax(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1] ?? "0";
  return hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard);
}

function tableOf(measurements: readonly IdleMeasurement[]): string {
  const megabytes = (bytes: number): string => fixed(bytes / 1e6, 1);
  const rows = measurements.map(({ candidate, before, after, crowd, oneMore, ...each }) => [
    candidate,
    grouped(crowd.held),
    grouped(crowd.refused + crowd.failed),
    grouped(each.released.held),
    megabytes(before.residentBytes),
    megabytes(after.residentBytes),
    fixed(each.bytesPerConnection / 1024, 2),
    oneMore.held > 0 ? "let in" : oneMore.refusal || "cut without a word",
  ]);
  const heading = [
    "candidate",
    "held",
    "turned away",
    "held at the end",
    "MB before",
    "MB with them",
  ];
  return formatTable([[...heading, "KB each", "one more"], ...rows]);
}
