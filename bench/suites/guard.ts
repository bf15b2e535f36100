// The guard: this tree and another commit, measured in pairs by this tree's load generator; a word
// for each figure, and 1 when one of the words is "slower".

import { defineBenchmark } from "../harness/benchmark.ts";
import { describeMachine } from "../harness/machine.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { type Option, real, someOf, text, type Values, whole } from "../harness/options.ts";
import { reasonOf } from "../harness/outcome.ts";
import type { Step } from "../harness/rounds.ts";
import { median } from "../harness/statistics.ts";
import { type Column, column, tableOf } from "../harness/table.ts";
import { buildPrograms } from "../servers/programs.ts";
import {
  type GuardScenario,
  guardScenarios,
  type Readings,
  type ScenarioName,
  scenarioNames,
} from "./guard/scenarios.ts";
import { checkOutTree, resolveCommit, type Side, sidesOf } from "./guard/trees.ts";
import { judgePairs, type Pair, type Verdict } from "./guard/verdict.ts";

/** Of a wrong word in the whole run; shared out evenly among its figures. */
const alphaOfRun = 0.05;

/** A pair of runs. Why one of them failed, and whose it was, stands in `failures`. */
export interface PairRow {
  readonly scenario: ScenarioName;
  readonly readings: Partial<Readonly<Record<Side, Readings>>>;
  readonly failures: readonly { readonly side: Side; readonly why: string }[];
}

export interface Judgement {
  readonly scenario: string;
  readonly figure: string;
  /** Medians over the pairs: the change is not their ratio, but comes from pair by pair. */
  readonly before: number;
  readonly now: number;
  readonly verdict: Verdict;
}

/**
 * Which of the two is the first of pair `pair`, from 0: before now, now before. So neither version is
 * always the first, and a machine that only becomes slower favours neither.
 */
export function orderOf(pair: number): readonly [Side, Side] {
  return pair % 2 === 0 ? ["before", "now"] : ["now", "before"];
}

/** One figure of all pairs in which neither run failed. */
export function pairsOf(rows: readonly PairRow[], figure: string): Pair[] {
  return rows.flatMap(({ readings: { before, now } }) =>
    before === undefined || now === undefined
      ? []
      : [{ before: before[figure] ?? Number.NaN, now: now[figure] ?? Number.NaN }],
  );
}

const commit: Option<string> = { about: "", read: (given) => given || "HEAD~1" };

const options = {
  commit,
  rounds: whole(
    "pairs of runs for each scenario; with fewer than 10 there is no telling at this confidence unless --scenarios names one alone",
    12,
    { min: 1 },
  ),
  seconds: real("of each run, after 0.4 s of warm-up", 1, { min: 0.1 }),
  scenarios: someOf(`${scenarioNames.join(", ")} (default all)`, scenarioNames),
  workers: text("threads that own sockets", "0"),
  seed: whole("of the permutation test, beyond 14 pairs", 1),
};

type GuardOptions = Values<typeof options>;

export const guard = defineBenchmark<typeof options, PairRow>({
  name: "guard",
  about: "this tree against another commit: faster, same or slower, with what confidence",
  answers: `Whether this working tree is faster or slower than COMMIT, in pairs of short runs: says of each
    figure faster, same, slower, or that it can't tell. The chance of any wrong "faster" or "slower" in
    the whole run is at most 5 %. Ends with 1 when something is slower. About 9 minutes with the
    defaults; one scenario takes about 1, idle 3.`,
  options,
  argument: {
    key: "commit",
    about: "to compare with (default HEAD~1; HEAD itself shows the noise)",
  },
  async steps(values, run) {
    const { load } = buildPrograms();
    const machine = describeMachine();
    const before = await resolveCommit(values.commit);
    const other = await checkOutTree(before);
    run.defer(other.remove);
    const { sides, dropped } = await sidesOf(other.path, values.workers);
    run.about = { before, dropped };
    const here = `${machine.commit}${machine.modified ? " and what is not committed" : ""}`;
    process.stdout.write(`before: ${before.slice(0, 12)}\nnow:    ${here}\n`);
    const flags = dropped.map((flag) => ` --${flag}`).join("");
    if (flags !== "") process.stdout.write(`only one of them has:${flags}\n`);
    return values.scenarios.flatMap((name) =>
      Array.from({ length: values.rounds }, (_, pair): Step<PairRow> => {
        const scenario: GuardScenario = guardScenarios[name];
        return {
          what: `${scenario.about}, pair ${pair + 1}`,
          async measure() {
            const readings: PairRow["readings"] & Partial<Record<Side, Readings>> = {};
            const failures: PairRow["failures"][number][] = [];
            for (const side of orderOf(pair)) {
              try {
                const candidate = sides[side](scenario.durability);
                readings[side] = await scenario.measure(candidate, { load, ...values });
              } catch (error) {
                failures.push({ side, why: reasonOf(error) });
              }
            }
            return { scenario: name, readings, failures };
          },
          note: ({ failures }) =>
            failures.map(({ side, why }) => `failed: ${side}: ${why}`).join("; "),
        };
      }),
    );
  },
  tables: (rows, values) =>
    tableOf(
      columns,
      judge(rows, values).flatMap((each) => each.judgements),
      "terminal",
    ),
  isMet: (rows, values) => judge(rows, values).every((each) => isFine(each, values.rounds)),
  record: (rows, values) => ({ measurements: judge(rows, values) }),
});

export interface GuardMeasurement {
  readonly scenario: ScenarioName;
  readonly pairs: readonly PairRow[];
  readonly judgements: readonly Judgement[];
}

function judge(rows: readonly PairRow[], { scenarios, seed }: GuardOptions): GuardMeasurement[] {
  const figures = scenarios.reduce((sum, name) => sum + guardScenarios[name].figures.length, 0);
  return scenarios.map((name) => {
    const { about, figures: wanted }: GuardScenario = guardScenarios[name];
    const ours = rows.filter(({ scenario }) => scenario === name);
    const judgements = wanted.map(({ name: figure, isMoreBetter }) => {
      const pairs = pairsOf(ours, figure);
      return {
        scenario: about,
        figure,
        before: median(pairs.map(({ before }) => before)),
        now: median(pairs.map(({ now }) => now)),
        verdict: judgePairs(pairs, { isMoreBetter, alpha: alphaOfRun / figures, seed }),
      };
    });
    return { scenario: name, pairs: ours, judgements };
  });
}

/**
 * Not when something is slower, when a run of this tree failed, nor when half of a scenario's pairs or
 * more did: that hides all.
 */
export function isFine({ pairs, judgements }: Omit<GuardMeasurement, "scenario">, rounds: number) {
  const whole = pairs.filter(({ failures }) => failures.length === 0).length;
  return (
    whole * 2 > rounds &&
    !pairs.some(({ failures }) => failures.some(({ side }) => side === "now")) &&
    !judgements.some(({ verdict }) => verdict.word === "slower")
  );
}

export const columns: readonly Column<Judgement>[] = [
  column("scenario", ({ scenario }) => scenario),
  column("figure", ({ figure }) => figure),
  column("before", ({ before }) => shown(before)),
  column("now", ({ now }) => shown(now)),
  column("change", ({ verdict }) => change(verdict.ratio)),
  column(
    "surely within",
    ({ verdict: { bounds } }) => `${change(bounds.low)} … ${change(bounds.high)}`,
  ),
  column("p", ({ verdict: { p } }) => (p < 0.001 ? "< 0.001" : fixed(p, 3))),
  column("pairs", ({ verdict }) => String(verdict.pairs)),
  column("", ({ verdict }) => verdict.word),
];

const shown = (value: number): string => (value < 1_000 ? fixed(value, 3) : grouped(value));

function change(ratio: number): string {
  const percent = (ratio - 1) * 100;
  if (!Number.isFinite(percent) || ratio === 0) return "?";
  return `${percent < 0 ? "−" : "+"}${fixed(Math.abs(percent), 1)} %`;
}
