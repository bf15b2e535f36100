// The guard's table: a line for each figure of each scenario.

import { fixed, grouped } from "../../harness/format-number.ts";
import { formatTable } from "../../harness/format-table.ts";
import type { Verdict } from "./verdict.ts";

export interface Judgement {
  readonly scenario: string;
  readonly figure: string;
  /** Medians over the pairs: the change is not their ratio, but comes from pair by pair. */
  readonly before: number;
  readonly now: number;
  readonly verdict: Verdict;
}

const heading = ["scenario", "figure", "before", "now", "change", "surely within", "p", "pairs"];

export function summarise(judgements: readonly Judgement[]): string {
  const rows = judgements.map(({ scenario, figure, before, now, verdict }) => [
    scenario,
    figure,
    value(before),
    value(now),
    change(verdict.ratio),
    `${change(verdict.bounds.low)} … ${change(verdict.bounds.high)}`,
    verdict.p < 0.001 ? "< 0.001" : fixed(verdict.p, 3),
    String(verdict.pairs),
    verdict.word,
  ]);
  return formatTable([[...heading, ""], ...rows]);
}

const value = (of: number): string => (of < 1_000 ? fixed(of, 3) : grouped(of));

function change(ratio: number): string {
  if (ratio === Number.POSITIVE_INFINITY) return "?";
  const percent = (ratio - 1) * 100;
  if (!Number.isFinite(percent) || ratio === 0) return "?";
  return `${percent < 0 ? "−" : "+"}${fixed(Math.abs(percent), 1)} %`;
}
