// The bar: every figure that the server is held to, by one command. A row that can't be measured
// counts as missed, and the others are measured all the same.

import { print } from "@maru/core";
import { describeMachine } from "../../harness/machine.ts";
import { startProgress } from "../../harness/progress.ts";
import { recordResults } from "../../harness/record-results.ts";
import { peerNames } from "../../servers/candidate.ts";
import { chooseCandidates, versionsOf } from "../../servers/choose-candidates.ts";
import { buildPrograms } from "../../servers/programs.ts";
import { type BarMeasurement, judge, notMeasured, tableOf } from "./judge.ts";
import { type BarOptions, barUsage, readBarOptions, rows } from "./options.ts";
import { type BarRow, type BarStage, quick, thorough } from "./row.ts";

export async function run(args: string[]): Promise<number> {
  const options = readBarOptions(args);
  if (options !== undefined) return runAll(options);
  print(barUsage);
  return 0;
}

async function runAll(options: BarOptions): Promise<number> {
  const programs = buildPrograms();
  const machine = describeMachine();
  const extent = options.quick ? quick : thorough;
  const chosen = options.rows.map((name) => [name, rows[name] as BarRow] as const);
  const raw: unknown[] = [];
  const keep = (more: readonly unknown[]) => void raw.push(...more);
  const compared = chooseCandidates(peerNames, programs);
  const installed = new Set(compared.map(({ name }) => name));
  const rivals = peerNames.filter((name) => name !== "coalescing");
  const peers = rivals.filter((name) => installed.has(name));
  const absentPeers = rivals.filter((name) => !installed.has(name));
  const steps = chosen.reduce((sum, [, row]) => sum + row.steps(extent, peers), 0);
  using progress = startProgress({ title: "bar", steps });
  const { workers } = options;
  const stage: BarStage = { programs, extent, workers, peers, absentPeers, progress, keep };
  const measurements: BarMeasurement[] = [];
  for (const [name, row] of chosen) {
    measurements.push(...(await measureRow(name, row, stage, flagsOf(options))));
  }
  progress.end();
  const versions = versionsOf(compared);
  const missed = measurements.filter((each) => !each.isMet);
  process.stdout.write(`${tableOf(measurements)}\n`);
  process.stdout.write(`\n${measurements.length - missed.length} met, ${missed.length} missed\n`);
  const path = recordResults({ benchmark: "bar", machine, versions, options, measurements, raw });
  process.stdout.write(`\nevery measurement: ${path}\n`);
  return missed.length === 0 ? 0 : 1;
}

async function measureRow(
  name: string,
  row: BarRow,
  stage: BarStage,
  flags: string,
): Promise<BarMeasurement[]> {
  try {
    const bars = await row.measure(stage);
    return bars.map((bar) => judge(name, bar, flags));
  } catch (error) {
    const why = error instanceof Error ? error.message : `${error}`;
    stage.progress.note(`failed: ${why}`);
    return [notMeasured(name, row.about, why.split("\n")[0] ?? "", flags)];
  }
}

function flagsOf({ workers, quick }: BarOptions): string {
  return [workers === "0" ? "" : `--workers ${workers}`, quick ? "--quick" : ""].join(" ").trim();
}
