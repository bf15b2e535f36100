// What the client's measurements come to: medians over the rounds, in tables, and against the
// design's bars. Pure. What is not sound has no figure.

import type { Bar } from "../../harness/bars.ts";
import { digits, fixedWithin, grouped, ratio } from "../../harness/numbers.ts";
import { type Faults, faultWords } from "../../harness/outcome.ts";
import { median, spreadOf, sum } from "../../harness/statistics.ts";
import {
  type Column,
  column,
  columnsOver,
  type Place,
  paragraphs,
  tableOf,
} from "../../harness/table.ts";
import type { ClientEcho } from "./measure-echo.ts";
import type { ClientMemory, ClientStart } from "./measure-process.ts";

export type ClientMeasurement = ClientStart | ClientMemory | ClientEcho;

/** Between which growth is told. */
export const growthFrom = 1_000;
export const growthTo = 100_000;
/** The rate beside which the echo's bar holds. */
export const barRate = 5_000;

const startsOf = (all: readonly ClientMeasurement[]): ClientStart[] =>
  all.filter((each) => each.what === "start");
const memoriesOf = (all: readonly ClientMeasurement[]): ClientMemory[] =>
  all.filter((each) => each.what === "memory");
/** All rounds of each load, by its name, in the order in which they were measured first. */
const echoesByLoad = (all: readonly ClientMeasurement[]): [string, ClientEcho[]][] => {
  const echoes = all.filter((each) => each.what === "echo");
  return [...Map.groupBy(echoes, ({ load }) => load.name)];
};

interface Faulty {
  readonly faults: Faults;
}

export const isSound = ({ faults }: Faulty): boolean => faultWords(faults) === "none";

/** Throws with what went wrong in the first that is not sound. */
export function requireSound(measured: readonly (Faulty & { readonly what: string })[]): void {
  const bad = measured.find((each) => !isSound(each));
  if (bad !== undefined) throw new Error(`${bad.what}: ${faultWords(bad.faults)}`);
}

const faultsOf = (here: readonly Faulty[]): string =>
  here
    .filter((each) => !isSound(each))
    .map(({ faults }) => faultWords(faults))
    .join("; ") || "none";

const within = (values: readonly number[], decimals: number): string =>
  values.length === 0 ? "–" : fixedWithin(median(values), spreadOf(values), decimals);

/** Resident bytes after so many messages, of each sound round that has them. */
function residentAfter(memories: readonly ClientMemory[], messages: number): number[] {
  return memories.filter(isSound).flatMap(({ points }) => {
    const point = points.find((each) => each.messages === messages);
    return point === undefined ? [] : [point.residentBytes];
  });
}

/** What each sound round grew by, in MB. */
export function growths(memories: readonly ClientMemory[]): number[] {
  return memories.flatMap((memory) => {
    const [from] = residentAfter([memory], growthFrom);
    const [to] = residentAfter([memory], growthTo);
    return from === undefined || to === undefined ? [] : [(to - from) / 1e6];
  });
}

export const roomWord = (isShown: boolean): string =>
  isShown ? "in the room that is looked at" : "in another room";

export function clientTables(all: readonly ClientMeasurement[], place: Place): string {
  return paragraphs(startTable(all, place), memoryTable(all, place), echoTable(all, place));
}

function startTable(all: readonly ClientMeasurement[], place: Place): string {
  const starts = startsOf(all);
  if (starts.length === 0) return "";
  const rows = [
    ["spawn to the first frame with the room's name, ms", starts.map((s) => s.firstFrameMs), 0],
    ["spawn to the room's newest message on the screen, ms", starts.map((s) => s.newestMs), 0],
    ["resident then, MB", starts.map((s) => s.residentBytes / 1e6), 1],
  ] as const;
  const columns: Column<(typeof rows)[number]>[] = [
    column("start", ([what]) => what),
    column("starts", ([, values]) => grouped(values.length)),
    column("median (min–max)", ([, values, decimals]) => within(values, decimals)),
  ];
  return tableOf(columns, rows, place);
}

function memoryTable(all: readonly ClientMeasurement[], place: Place): string {
  const memories = memoriesOf(all);
  if (memories.length === 0) return "";
  const asked = memories.flatMap(({ points }) => points.map(({ messages }) => messages));
  const counts = [...new Set(asked)].toSorted((a, b) => a - b);
  const ofRoom = (isShown: boolean) => memories.filter((memory) => memory.isShown === isShown);
  const columns: Column<boolean>[] = [
    column("resident, MB (min–max)", (isShown) => `arrived ${roomWord(isShown)}`),
    ...counts.map((messages) =>
      column(`after ${grouped(messages)}`, (isShown: boolean) =>
        within(
          residentAfter(ofRoom(isShown), messages).map((bytes) => bytes / 1e6),
          1,
        ),
      ),
    ),
    column("faults", (isShown) => faultsOf(ofRoom(isShown))),
  ];
  return tableOf(columns, [true, false], place);
}

type Load = readonly [name: string, echoes: readonly ClientEcho[]];

/** Of the sound ones; NaN without any. */
const middleOf = (echoes: readonly ClientEcho[], read: (echo: ClientEcho) => number): number =>
  median(echoes.filter(isSound).map(read));

function echoTable(all: readonly ClientMeasurement[], place: Place): string {
  const loads = echoesByLoad(all);
  if (loads.length === 0) return "";
  const quiet = loads.find(([, [echo]]) => echo !== undefined && isQuiet(echo))?.[1] ?? [];
  const p99Of = (echoes: readonly ClientEcho[]) => middleOf(echoes, ({ echo }) => echo.p99Ms);
  const { middle } = columnsOver<Load, ClientEcho>(([, echoes]) => echoes.filter(isSound));
  const age = ({ shownAge }: ClientEcho) => shownAge?.p99Ms ?? Number.NaN;
  const columns: Column<Load>[] = [
    column("while it is typed to", ([name, [echo]]) =>
      echo !== undefined && isQuiet(echo) ? "no messages" : name,
    ),
    middle("messages/s", ({ messagesPerSecond }) => messagesPerSecond),
    column("keys", ([, echoes]) => grouped(sum(echoes.map(({ typed }) => typed)))),
    middle("echo p50 ms", ({ echo }) => echo.p50Ms, digits(1)),
    column("p99 ms (min–max)", ([, echoes]) =>
      within(
        echoes.map(({ echo }) => echo.p99Ms),
        1,
      ),
    ),
    column("p99 ÷ quiet", ([, echoes]) => ratio(p99Of(echoes), p99Of(quiet)), "terminal"),
    middle("max ms", ({ echo }) => echo.maxMs, digits(1)),
    middle("shown age, p99 ms", age, digits(0)),
    middle("client, cores", ({ clientCores }) => clientCores, digits(2)),
    middle("KB/s drawn", ({ bytesPerSecond }) => bytesPerSecond / 1e3, digits(0)),
    middle("frames/s", ({ framesPerSecond }) => framesPerSecond, digits(0)),
    column("faults", ([, echoes]) => faultsOf(echoes)),
  ];
  return tableOf(columns, loads, place);
}

const isQuiet = ({ load }: ClientEcho): boolean =>
  load.messagesPerSecond === 0 && load.pastMessages === 0;

/** Of what was measured; a part that has no sound round has a bar without a figure, which is missed. */
export function clientBars(all: readonly ClientMeasurement[]): Bar[] {
  const starts = startsOf(all).map(({ firstFrameMs }) => firstFrameMs);
  const what = "the client's first frame with the room's name, median";
  const startBar = { what, value: median(starts), max: 400, unit: "ms" };
  const memoryBars = [true, false].flatMap((isShown) => {
    const here = memoriesOf(all).filter((memory) => memory.isShown === isShown);
    const isTold = here.some(({ points }) => points.some((p) => p.messages === growthTo));
    // Less than before is no growth.
    const value = Math.max(0, median(growths(here)));
    const grows = `the client grows from ${grouped(growthFrom)} to ${grouped(growthTo)} messages ${roomWord(isShown)}`;
    return isTold ? [{ what: grows, value, max: 40, unit: "MB" }] : [];
  });
  const echoBars = echoesByLoad(all).flatMap(([name, here]) => {
    const value = middleOf(here, ({ echo }) => echo.p99Ms);
    const isHeld = here.some(({ load }) => load.messagesPerSecond <= barRate);
    return isHeld ? [{ what: `echo of a key, ${name}: p99`, value, max: 50, unit: "ms" }] : [];
  });
  return [...(starts.length === 0 ? [] : [startBar]), ...memoryBars, ...echoBars];
}
