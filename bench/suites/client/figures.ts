// What the client's measurements come to: medians over the rounds, and what the bars hold. Pure.
// What is not sound has no figure.

import { median } from "../../harness/median.ts";
import { isSound } from "./faults.ts";
import type { ClientEcho } from "./measure-echo.ts";
import type { ClientMemory } from "./measure-memory.ts";
import type { ClientStart } from "./measure-start.ts";

export type ClientMeasurement = ClientStart | ClientMemory | ClientEcho;

export const startMsMax = 400;
export const growthMegabytesMax = 40;
export const echoP99MsMax = 50;
/** Between which growth is told. */
export const growthFrom = 1_000;
export const growthTo = 100_000;
/** The rate beside which the bar holds. */
export const barRate = 5_000;

export const startsOf = (all: readonly ClientMeasurement[]): ClientStart[] =>
  all.filter((each) => each.what === "start");
export const memoriesOf = (all: readonly ClientMeasurement[]): ClientMemory[] =>
  all.filter((each) => each.what === "memory");
export const echoesOf = (all: readonly ClientMeasurement[]): ClientEcho[] =>
  all.filter((each) => each.what === "echo");

/** All rounds of each load, by its name, in the order in which they were measured first. */
export const echoesByLoad = (all: readonly ClientMeasurement[]): [string, ClientEcho[]][] => [
  ...Map.groupBy(echoesOf(all), ({ load }) => load.name),
];

/** Of the sound ones; NaN without any. */
export function middle<M extends ClientEcho>(
  echoes: readonly M[],
  read: (echo: M) => number | undefined,
): number {
  return median(echoes.filter(isSound).map((echo) => read(echo) ?? Number.NaN));
}

/** Resident bytes after so many messages, of each sound round that has them. */
export function residentAfter(memories: readonly ClientMemory[], messages: number): number[] {
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
