// What came of one run of one candidate: figures, or why there are none; and what went wrong in
// several of them, in words. A failure of one candidate leaves the others.

import { grouped } from "./numbers.ts";
import { columnsOver } from "./table.ts";

export type Outcome<Figures> = { readonly figures: Figures } | { readonly failure: string };

export interface Attempt<Figures> {
  readonly candidate: string;
  /** From 0. */
  readonly round: number;
  /** Over the minute before it. */
  readonly loadAverage: number;
  readonly outcome: Outcome<Figures>;
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : `${error}`;

/** Never throws. */
export async function outcomeOf<Figures>(run: () => Promise<Figures>): Promise<Outcome<Figures>> {
  try {
    return { figures: await run() };
  } catch (error) {
    return { failure: reasonOf(error) };
  }
}

type WithOutcome<Figures> = Pick<Attempt<Figures>, "outcome">;

/** Of the rounds that did not fail. */
export function figuresOf<Figures>(attempts: readonly WithOutcome<Figures>[]): Figures[] {
  return attempts.flatMap(({ outcome }) => ("figures" in outcome ? [outcome.figures] : []));
}

/** Attempts of the same thing, in the order in which they were first made. */
export function groupsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  return [...Map.groupBy(rows, keyOf).values()];
}

/** Columns of rows that are the attempts of one candidate. */
export const columnsOverAttempts = <Figures>() =>
  columnsOver<readonly WithOutcome<Figures>[], Figures>(figuresOf);

/** How often, by what; all of them 0 in a sound run. */
export type Faults = Readonly<Record<string, number>>;

/** `2 missing, 1 closes`, or "none". */
export function faultWords(faults: Faults): string {
  const found = Object.entries(faults).filter(([, count]) => count !== 0);
  return found.map(([what, count]) => `${grouped(count)} ${what}`).join(", ") || "none";
}

export function addFaults(...all: readonly Faults[]): Faults {
  const sums: Record<string, number> = {};
  for (const faults of all) {
    for (const [what, count] of Object.entries(faults)) sums[what] = (sums[what] ?? 0) + count;
  }
  return sums;
}

/** Everything that went wrong in any of these, added up, rounds that failed included. */
export function faultsIn<Figures>(
  attempts: readonly WithOutcome<Figures>[],
  faultsOf: (figures: Figures) => Faults,
): string {
  const figures = figuresOf(attempts);
  const failed = attempts.length - figures.length;
  const rounds = { [`of ${attempts.length} rounds failed`]: failed };
  return faultWords(addFaults(...figures.map(faultsOf), rounds));
}

/** The figures of a sound run in a line, or why it failed. */
export function noteOf<Figures>(
  { outcome }: WithOutcome<Figures>,
  say: (figures: Figures) => string,
): string {
  return "failure" in outcome ? `failed: ${outcome.failure}` : say(outcome.figures);
}
