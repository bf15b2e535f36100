// The resume benchmark: thousands of clients lose their connections at once and come back at once.
// How long until all of them have all that they missed, and how often the log was read for it.

import { print } from "@maru/core";
import { type Bar, formatBars, isMet } from "../../harness/bar.ts";
import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { measureResume, type Resume } from "./measure-resume.ts";
import { type ResumeOptions, readResumeOptions, resumeUsage } from "./options.ts";

const backSecondsMax = 10;

export async function run(args: string[]): Promise<number> {
  const options = readResumeOptions(args);
  if (options !== undefined) return runAll(options);
  print(resumeUsage);
  return 0;
}

async function runAll(options: ResumeOptions): Promise<number> {
  const machine = describeMachine();
  using progress = startProgress({ title: "resume", steps: options.rounds });
  const measurements: Resume[] = [];
  for (let round = 0; round < options.rounds; round++) {
    progress.step(`round ${round + 1}, ${grouped(options.clients)} clients`);
    const measurement = await measureResume(options, round);
    measurements.push(measurement);
    progress.note(outcomeLine(measurement));
  }
  progress.end();
  process.stdout.write(`${describe(options)}\n${tableOf(measurements)}\n\n`);
  const bars = barsOf(options, measurements);
  process.stdout.write(`${formatBars(bars)}\n`);
  const path = recordResults({ benchmark: "resume", machine, options, measurements });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return bars.every(isMet) ? 0 : 1;
}

function outcomeLine({ returned }: Resume): string {
  const { retries, failures } = returned;
  const why = retries === 0 ? "" : `, ${grouped(retries)} retries: ${JSON.stringify(failures)}`;
  return `back after ${fixed(returned.completed.maxMs / 1000, 2)} s${why}`;
}

function describe({ clients, rooms, messages, durability, restart }: ResumeOptions): string {
  const how = restart ? "the server killed and started again" : "the server stays up";
  return `${grouped(clients)} clients in ${grouped(rooms)} rooms, ${grouped(messages)} messages missed in each, ${durability}, ${how}`;
}

const heading = [
  "round",
  "back",
  "in all s",
  "half s",
  "welcomed s",
  "joined s",
  "missing",
  "unexpected",
  "not replayed",
  "retries",
  "log reads",
  "server CPU s",
  "crowd CPU s",
  "MB max",
];

function tableOf(measurements: readonly Resume[]): string {
  const seconds = (ms: number) => fixed(ms / 1000, 2);
  const rows = measurements.map(({ round, returned, ...server }) => [
    String(round + 1),
    grouped(returned.complete),
    seconds(returned.completed.maxMs),
    seconds(returned.completed.p50Ms),
    seconds(returned.welcomed.maxMs),
    seconds(returned.joined.maxMs),
    grouped(returned.missing),
    grouped(returned.unexpected),
    grouped(returned.unrecovered),
    grouped(returned.retries),
    grouped(server.logReads),
    fixed(server.serverCpuSeconds, 2),
    fixed(returned.cpuSeconds, 2),
    fixed(server.serverMemory.residentBytesMax / 1e6, 1),
  ]);
  return formatTable([heading, ...rows]);
}

/** Of the worst round: everybody has to get back every time. */
function barsOf({ clients, rooms }: ResumeOptions, measurements: readonly Resume[]): Bar[] {
  const worst = (read: (of: Resume) => number) => Math.max(...measurements.map(read));
  const fewest = Math.min(...measurements.map(({ returned }) => returned.complete));
  return [
    {
      what: "all back",
      value: worst(({ returned }) => returned.completed.maxMs) / 1000,
      max: backSecondsMax,
      unit: "s",
    },
    { what: "clients back", value: fewest, min: clients, unit: "clients" },
    {
      what: "lost or repeated",
      value: worst(({ returned }) => returned.missing + returned.unexpected),
      max: 0,
      unit: "messages",
    },
    { what: "log reads", value: worst(({ logReads }) => logReads), max: rooms, unit: "pages" },
  ];
}
