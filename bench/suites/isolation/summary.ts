// What the attacks came to: a row each, the bystander's figures alone and beside it, and the verdict.

import { fixed, grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import type { Measurement } from "./measure.ts";

/** What a bystander may wait beside anybody's worst, p99, milliseconds. */
export const sendMsMax = 50;
export const pageMsMax = 100;

export const heading = [
  "attack",
  "taken/s",
  "refused/s",
  "send p50 ms",
  "p99",
  "alone p99",
  "max",
  "page p50 ms",
  "p99",
  "alone p99",
  "",
];

export function isWithin({ beside }: Measurement): boolean {
  return beside.sends.p99Ms <= sendMsMax && beside.pages.p99Ms <= pageMsMax;
}

/** Medians over the rounds of one attack. */
export function rowOf(attack: string, seconds: number, all: readonly Measurement[]): string[] {
  const ours = all.filter((each) => each.attack === attack);
  const middle = (read: (each: Measurement) => number) => median(ours.map(read));
  const refused = (each: Measurement) =>
    Object.values(each.told.refused).reduce((sum, count) => sum + count, 0);
  const isMet =
    middle(({ beside }) => beside.sends.p99Ms) <= sendMsMax &&
    middle(({ beside }) => beside.pages.p99Ms) <= pageMsMax;
  return [
    attack,
    grouped(middle(({ told }) => told.taken) / seconds),
    grouped(middle(refused) / seconds),
    fixed(
      middle(({ beside }) => beside.sends.p50Ms),
      1,
    ),
    fixed(
      middle(({ beside }) => beside.sends.p99Ms),
      1,
    ),
    fixed(
      middle(({ alone }) => alone.sends.p99Ms),
      1,
    ),
    fixed(
      middle(({ beside }) => beside.sends.maxMs),
      1,
    ),
    fixed(
      middle(({ beside }) => beside.pages.p50Ms),
      1,
    ),
    fixed(
      middle(({ beside }) => beside.pages.p99Ms),
      1,
    ),
    fixed(
      middle(({ alone }) => alone.pages.p99Ms),
      1,
    ),
    isMet ? "met" : "missed",
  ];
}
