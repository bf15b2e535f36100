// What an idle connection costs in the server's memory, by server: table and chart.

import { fixed, grouped } from "../../harness/format-number.ts";
import { median } from "../../harness/median.ts";
import type { IdleOptions } from "../../suites/idle/options.ts";
import { isOurs, nameOf, roleOf } from "../candidates.ts";
import { drawBars } from "../chart/draw-bars.ts";
import { type Spread, spreadOf } from "../fanout-tables.ts";
import { type IdleKind, idleKinds } from "../idle-kinds.ts";
import { markdownTable, notMeasured, paragraphs, picture } from "../markdown.ts";
import { captionOf, commitOf, dateOf, type Kept, ofBenchmark } from "../read-kept.ts";
import { fixedWithin } from "../short-numbers.ts";
import type { Section } from "./section.ts";

const file = "idle.svg";
const kilobytes = (bytes: number): string => fixed(bytes / 1024, 2);

interface IdleRow {
  readonly candidate: string;
  readonly connections: number;
  readonly rounds: number;
  /** Medians of the rounds. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly bytesEach: number;
  readonly spread: Spread;
}

export const idleSection: Section = {
  name: "idle",
  render(kept) {
    const [run] = ofBenchmark(kept, "idle");
    if (run === undefined) return { markdown: notMeasured("idle") };
    const kinds = idleKinds(run);
    return {
      markdown: paragraphs(
        picture("Memory of an idle connection, by server", file),
        ...kinds.map((kind) => paragraphs(tableOf(rowsOf(kind)), aboutOf(run, kind))),
      ),
      charts: { [file]: chartOf(run, kinds) },
    };
  },
};

/** The least memory first. */
function rowsOf({ measurements }: IdleKind): IdleRow[] {
  const groups = [...Map.groupBy(measurements, ({ candidate }) => candidate)];
  const rows = groups.map(([candidate, here]) => ({
    candidate,
    connections: Math.min(...here.map(({ crowd }) => crowd.held)),
    rounds: here.length,
    bytesBefore: median(here.map(({ before }) => before.residentBytes)),
    bytesAfter: median(here.map(({ after }) => after.residentBytes)),
    bytesEach: median(here.map(({ bytesPerConnection }) => bytesPerConnection)),
    spread: spreadOf(here.map(({ bytesPerConnection }) => bytesPerConnection / 1024)),
  }));
  return rows.toSorted((one, other) => one.bytesEach - other.bytesEach);
}

function tableOf(rows: readonly IdleRow[]): string {
  const heading = ["server", "connections", "rounds", "MB before", "MB with them"];
  const cells = rows.map((row) => [
    nameOf(row.candidate),
    grouped(row.connections),
    grouped(row.rounds),
    fixed(row.bytesBefore / 1e6, 1),
    fixed(row.bytesAfter / 1e6, 1),
    fixedWithin(row.bytesEach / 1024, row.spread, 2),
  ]);
  return markdownTable([[...heading, "KB each (min–max)"], ...cells]);
}

const whereOf = ({ rooms }: IdleKind): string =>
  rooms > 0
    ? `greeted, and each in one of ${grouped(rooms)} rooms`
    : "greeted, and in no room unless the protocol needs one";

function aboutOf(run: Kept, kind: IdleKind): string {
  const { settleSeconds } = run.options as Partial<IdleOptions>;
  const rest = settleSeconds === undefined ? "" : `, read after ${settleSeconds} s of rest`;
  return `Connections ${whereOf(kind)}${rest}; ${dateOf(run)}, commit ${commitOf(run)}.`;
}

/** Of those in rooms, where all servers can be compared. */
function chartOf(run: Kept, kinds: readonly IdleKind[]): string {
  const kind = kinds.at(-1) ?? { rooms: 0, measurements: [] };
  const rows = rowsOf(kind);
  const most = Math.max(...rows.map(({ connections }) => connections));
  const main = rows.find(({ candidate }) => isOurs(candidate))?.candidate ?? "";
  return drawBars({
    title: "Memory of an idle connection",
    subtitle: `${grouped(most)} connections, ${whereOf(kind)}; growth of resident memory ÷ connections, without the kernel's`,
    caption: captionOf(run),
    panels: [{ title: "KB per connection, user space", better: "less", scale: "linear" }],
    rows: rows.map(({ candidate, bytesEach }) => ({
      name: nameOf(candidate),
      role: roleOf(candidate, main),
      cells: [{ value: bytesEach / 1024, label: `${kilobytes(bytesEach)} KB` }],
    })),
  });
}
