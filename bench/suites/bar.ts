// The bar: every figure that server and client are held to, by one command. A row that can't be
// measured counts as missed, and the others are measured all the same.

import { defineBenchmark } from "../harness/benchmark.ts";
import { someOf, text, toggle, type Values } from "../harness/options.ts";
import { groupsOf, noteOf, type Outcome, outcomeOf, reasonOf } from "../harness/outcome.ts";
import type { Step } from "../harness/rounds.ts";
import { paragraphs, tableOf } from "../harness/table.ts";
import { chooseCandidates, peerNames, versionsOf } from "../servers/candidates.ts";
import { buildPrograms } from "../servers/programs.ts";
import { clientRows } from "./bar/client-rows.ts";
import { type BarMeasurement, barColumns, judge, notMeasured } from "./bar/judge.ts";
import { loadRows } from "./bar/load-rows.ts";
import { type BarRow, type BarScene, quick, type RowPlan, thorough } from "./bar/row.ts";
import { serverRows } from "./bar/server-rows.ts";
import { shardsRow } from "./bar/shards-row.ts";

/** In the order in which they are measured. */
export const barRows: Readonly<Record<string, BarRow>> = {
  ...loadRows,
  shards: shardsRow,
  ...serverRows,
  ...clientRows,
};

/** What a step of a row has found, or why it could not go on. */
interface Found {
  readonly row: string;
  readonly plan: RowPlan;
  readonly outcome: Outcome<unknown>;
}

const rowNames = Object.keys(barRows);

const options = {
  rows: someOf(`of ${rowNames.join(", ")} (default all)`, rowNames),
  workers: text("threads that own sockets, in all rows but shards", "0"),
  quick: toggle("one short round of each, smaller crowds, a room of 50,000: indications"),
};

type BarOptions = Values<typeof options>;

export const bar = defineBenchmark<typeof options, Found>({
  name: "bar",
  about: "every figure that server and client are held to: met, or missed by how much",
  answers: `Which of the figures that server and client are held to are met, references interleaved; ends with 1
    when one is missed. About 16 minutes, --quick about 3.`,
  options,
  steps(values, run) {
    const programs = buildPrograms();
    const compared = chooseCandidates(peerNames, programs);
    run.versions = versionsOf(compared);
    const installed = new Set(compared.map(({ name }) => name));
    const rivals = peerNames.filter((name) => name !== "coalescing");
    const scene: BarScene = {
      programs,
      extent: values.quick ? quick : thorough,
      workers: values.workers,
      peers: rivals.filter((name) => installed.has(name)),
      absentPeers: rivals.filter((name) => !installed.has(name)),
    };
    return values.rows.flatMap((name) => stepsOf(name, barRows[name] as BarRow, scene));
  },
  tables(rows, values) {
    const judged = judgeAll(rows, values);
    const missed = judged.filter((each) => !each.isMet).length;
    const count = `${judged.length - missed} met, ${missed} missed`;
    return paragraphs(tableOf(barColumns, judged, "terminal"), count);
  },
  isMet: (rows, values) => judgeAll(rows, values).every((each) => each.isMet),
  record: (rows, values) => ({
    measurements: judgeAll(rows, values),
    raw: rows.flatMap(({ outcome }) => ("figures" in outcome ? [outcome.figures] : [])),
  }),
});

/** Once a step has failed, those that follow in its row are passed over. */
function stepsOf(row: string, { plan: planIn }: BarRow, scene: BarScene): Step<Found>[] {
  const plan = planIn(scene);
  let failure: string | undefined;
  return plan.steps.map(({ what, measure, note }) => ({
    what,
    async measure() {
      if (failure !== undefined) return { row, plan, outcome: { failure } };
      const outcome = await outcomeOf(measure);
      if ("failure" in outcome) failure = outcome.failure;
      return { row, plan, outcome };
    },
    note: (found) => noteOf(found, (figures) => note?.(figures) ?? ""),
  }));
}

function judgeAll(found: readonly Found[], { workers, quick: isQuick }: BarOptions) {
  const flags = [workers === "0" ? "" : `--workers ${workers}`, isQuick ? "--quick" : ""];
  return groupsOf(found, ({ row }) => row).flatMap((steps) =>
    judgeRow(steps, flags.join(" ").trim()),
  );
}

function judgeRow(steps: readonly Found[], flags: string): BarMeasurement[] {
  const [first] = steps;
  if (first === undefined) return [];
  const { row, plan } = first;
  try {
    const figures = steps.map(({ outcome }) => {
      if ("failure" in outcome) throw new Error(outcome.failure);
      return outcome.figures;
    });
    return plan.bars(figures).map((each) => judge(row, each, flags));
  } catch (error) {
    const why = reasonOf(error).split("\n")[0] ?? "";
    return [notMeasured(row, barRows[row]?.about ?? "", why, flags)];
  }
}
