// The few figures that the READMEs show, in English and in Korean: of the newest kept results, like
// all of docs/performance.md, which tells the rest. The words around them stand at the end.

import { fixed, grouped, shortCount } from "../../harness/numbers.ts";
import { type Kept, ofBenchmark } from "../../harness/record.ts";
import { median } from "../../harness/statistics.ts";
import { markdownTable, paragraphs } from "../../harness/table.ts";
import { type LoadRow, timesOf } from "../../load/summary.ts";
import { isOurs, mainOf } from "../../servers/candidate-names.ts";
import type { Resume } from "../../suites/resume/measure-resume.ts";
import type { ResumeOptions } from "../../suites/resume.ts";
import type { StartMeasurement } from "../../suites/start.ts";
import {
  type FanoutTable,
  fanoutTables,
  fullestFirst,
  inflightOf,
  isOpenLoop,
} from "../fanout-tables.ts";
import { idleKinds, type Section } from "../section.ts";

function readmeSectionIn(words: Words): Section {
  return {
    name: "readme-figures",
    render: (kept) => ({
      markdown: paragraphs(fanoutPart(kept, words), otherPart(kept, words)) || words.nothing,
    }),
  };
}

type Rooms = "hundred" | "thousand" | "tens";

const shapes: Readonly<Record<Rooms, { readonly rooms: number; readonly members: number }>> = {
  hundred: { rooms: 1, members: 100 },
  thousand: { rooms: 1, members: 1_000 },
  tens: { rooms: 100, members: 10 },
};

const beside = ["coalescing", "bun-serve", "redis"] as const;

function fanoutPart(kept: readonly Kept[], words: Words): string {
  const closed = fanoutTables(kept).filter(
    ({ scenario }) => !isOpenLoop(scenario) && scenario.textBytes === 64 && scenario.stalled === 0,
  );
  const tableOf = (name: Rooms): FanoutTable | undefined => {
    const { rooms, members } = shapes[name];
    const here = closed.filter(
      ({ scenario }) => scenario.rooms === rooms && scenario.members === members,
    );
    return here.toSorted(fullestFirst)[0];
  };
  const lines = (["hundred", "thousand", "tens"] as const).flatMap((name) => {
    const table = tableOf(name);
    const main = mainOf(table?.rows.map(({ candidate }) => candidate) ?? []);
    return lineOf(`${words.rooms[name]}`, table, main, words);
  });
  const onDisk = (["hundred", "thousand"] as const).flatMap((name) => {
    const table = tableOf(name);
    const main = table?.rows.find(({ candidate }) => /^maru:\w+:fsync$/.test(candidate));
    return lineOf(`${words.rooms[name]}, \`fsync\``, table, main?.candidate, words);
  });
  const all = [...lines, ...onDisk];
  return all.length === 0 ? "" : markdownTable([words.headings, ...all]);
}

function lineOf(
  name: string,
  table: FanoutTable | undefined,
  candidate: string | undefined,
  words: Words,
): string[][] {
  const row = table?.rows.find((each) => each.candidate === candidate);
  if (table === undefined || row === undefined) return [];
  return [
    [
      `${name}, ${words.inFlight(inflightOf(table))}`,
      shortCount(row.deliveriesPerSecond),
      `${row.cpuUs.toPrecision(3)} µs`,
      ...beside.map((reference) => ratiosOf(table, row, reference)),
    ],
  ];
}

/** Deliveries, then CPU per delivery. */
function ratiosOf(table: FanoutTable, row: LoadRow, reference: string): string {
  const figures = (["deliveriesPerSecond", "cpuUs"] as const).map((figure) =>
    timesOf(table, row, reference, figure),
  );
  return figures.includes(undefined) ? "–" : figures.map((of) => fixed(of, 2)).join(" · ");
}

function otherPart(kept: readonly Kept[], words: Words): string {
  const rows = [
    ...steadyLine(kept, words),
    ...idleLine(kept, words),
    ...resumeLine(kept, words),
    ...startLine(kept, words),
  ];
  return rows.length === 0 ? "" : markdownTable([words.others, ...rows]);
}

/** Ten thousand people who talk as people do. */
function steadyLine(kept: readonly Kept[], words: Words): string[][] {
  const table = fanoutTables(kept).find(
    ({ scenario: { rooms, members, ...scenario } }) =>
      isOpenLoop(scenario as FanoutTable["scenario"]) && rooms === 100 && members === 100,
  );
  const row = table?.rows.find(({ candidate }) => isOurs(candidate));
  if (row === undefined) return [];
  const rate = Math.round(row.deliveriesPerSecond / 1_000) * 1_000;
  const cores = (row.deliveriesPerSecond * row.cpuUs) / 1e6;
  const latency = `p50 ${fixed(row.p50Ms, 1)} ms, p99 ${fixed(row.p99Ms, 1)} ms`;
  return [[words.steady(grouped(rate)), `${words.cores(fixed(cores, 2))}; ${latency}`]];
}

function idleLine(kept: readonly Kept[], words: Words): string[][] {
  const [run] = ofBenchmark(kept, "idle");
  const all = run === undefined ? [] : (idleKinds(run)[0]?.measurements ?? []);
  const main = mainOf(all.map(({ candidate }) => candidate));
  const ours = all.filter(({ candidate }) => candidate === main);
  if (ours.length === 0) return [];
  const bytes = median(ours.map(({ bytesPerConnection }) => bytesPerConnection));
  const held = Math.min(...ours.map(({ crowd }) => crowd.held));
  return [[words.idle(grouped(held)), `${fixed(bytes / 1024, 1)} KB`]];
}

/** The slower of a server that stays up and one that was killed, each its newest run. */
function resumeLine(kept: readonly Kept[], words: Words): string[][] {
  const runs = ofBenchmark(kept, "resume");
  const optionsOf = ({ options }: Kept) => options as ResumeOptions;
  const kinds = Map.groupBy(runs, (run) => optionsOf(run).restart);
  return [...kinds].flatMap(([restart, [run]]) => {
    if (run === undefined) return [];
    const all = run.measurements as readonly Resume[];
    const seconds = Math.max(...all.map(({ returned }) => returned.completed.maxMs)) / 1_000;
    return [[words.resume(grouped(optionsOf(run).clients), restart), `${fixed(seconds, 1)} s`]];
  });
}

function startLine(kept: readonly Kept[], words: Words): string[][] {
  const [run] = ofBenchmark(kept, "start");
  const all = (run?.measurements ?? []) as readonly StartMeasurement[];
  const fewest = Math.min(...all.map(({ entries }) => entries));
  const here = all.filter(({ entries }) => entries === fewest);
  if (here.length === 0) return [];
  const ms = median(here.map((each) => each.ms));
  const bytes = median(here.map(({ residentBytes }) => residentBytes));
  return [[words.start, `${fixed(ms, 0)} ms, ${fixed(bytes / 1e6, 0)} MB`]];
}

interface Words {
  readonly headings: readonly string[];
  readonly others: readonly string[];
  readonly rooms: Readonly<Record<"hundred" | "thousand" | "tens", string>>;
  readonly inFlight: (count: number) => string;
  readonly steady: (deliveries: string) => string;
  readonly cores: (cores: string) => string;
  readonly idle: (connections: string) => string;
  readonly resume: (clients: string, isKilled: boolean) => string;
  readonly start: string;
  readonly nothing: string;
}

const english: Words = {
  headings: ["", "deliveries/s", "CPU each", "÷ C loop", "÷ Bun.serve", "÷ Redis"],
  others: ["", "Maru"],
  rooms: { hundred: "a room of 100", thousand: "a room of 1,000", tens: "100 rooms of 10" },
  inFlight: (count) => `${count} in flight`,
  steady: (deliveries) => `10,000 people in 100 rooms, ${deliveries} deliveries/s`,
  cores: (cores) => `${cores} of a core`,
  idle: (connections) => `each of ${connections} idle connections, user memory`,
  resume: (clients, isKilled) =>
    `${clients} people come back at once${isKilled ? " after `kill -9`" : ""}, until all have all they missed`,
  start: "start to the first `welcome`, and memory then",
  nothing: "_Not measured yet: `bun run bench`._",
};

const korean: Words = {
  headings: ["", "전달/초", "전달당 CPU", "÷ C 루프", "÷ Bun.serve", "÷ Redis"],
  others: ["", "마루"],
  rooms: { hundred: "100명 방", thousand: "1,000명 방", tens: "10명 방 100개" },
  inFlight: (count) => `동시 ${count}건`,
  steady: (deliveries) => `방 100개에 10,000명, 초당 ${deliveries}건 전달`,
  cores: (cores) => `코어 ${cores}개`,
  idle: (connections) => `유휴 연결 ${connections}개, 연결당 사용자 메모리`,
  resume: (clients, isKilled) =>
    `${isKilled ? "`kill -9` 후 " : ""}${clients}명이 동시에 재접속해 놓친 메시지를 모두 받을 때까지`,
  start: "시작부터 첫 `welcome`까지, 그때의 메모리",
  nothing: "_아직 측정하지 않았습니다(not measured yet): `bun run bench`._",
};

export const readmeSection: Section = readmeSectionIn(english);
export const koreanReadmeSection: Section = readmeSectionIn(korean);
