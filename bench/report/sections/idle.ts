// What an idle connection costs in the server's memory, by server: table and chart.

import { fixed, grouped } from "../../harness/numbers.ts";
import { type Kept, ofBenchmark } from "../../harness/record.ts";
import { median } from "../../harness/statistics.ts";
import { paragraphs, tableOf } from "../../harness/table.ts";
import { isOurs, nameOf, roleOf } from "../../servers/candidate-names.ts";
import { idleColumns, idleRows } from "../../suites/idle.ts";
import { drawBars } from "../chart/draw-bars.ts";
import type { Section } from "../section.ts";
import { captionOf, type IdleKind, idleKinds, notMeasured, picture, sourceOf } from "../section.ts";

const file = "idle.svg";

export const idleSection: Section = {
  name: "idle",
  render(kept) {
    const [run] = ofBenchmark(kept, "idle");
    if (run === undefined) return { markdown: notMeasured("idle") };
    const kinds = idleKinds(run);
    return {
      markdown: paragraphs(
        picture("Memory of an idle connection, by server", file),
        ...kinds.map((kind) =>
          paragraphs(tableOf(idleColumns, idleRows(kind.measurements), "page"), aboutOf(run, kind)),
        ),
      ),
      charts: { [file]: chartOf(run, kinds) },
    };
  },
};

const whereOf = ({ rooms }: IdleKind): string =>
  rooms > 0
    ? `greeted, and each in one of ${grouped(rooms)} rooms`
    : "greeted, and in no room unless the protocol needs one";

function aboutOf(run: Kept, kind: IdleKind): string {
  const { settleSeconds } = run.options as { readonly settleSeconds?: number };
  const rest = settleSeconds === undefined ? "" : `, read after ${settleSeconds} s of rest`;
  return `Connections ${whereOf(kind)}${rest}; ${sourceOf(run)}`;
}

/** Of those in rooms, where all servers can be compared. */
function chartOf(run: Kept, kinds: readonly IdleKind[]): string {
  const kind = kinds.at(-1) ?? { rooms: 0, measurements: [] };
  const rows = idleRows(kind.measurements);
  const most = Math.max(...kind.measurements.map(({ crowd }) => crowd.held));
  const nameIn = ([first]: (typeof rows)[number]) => first?.candidate ?? "";
  const main = rows.map(nameIn).find(isOurs) ?? "";
  return drawBars({
    title: "Memory of an idle connection",
    subtitle: `${grouped(most)} connections, ${whereOf(kind)}; growth of resident memory ÷ connections, without the kernel's`,
    caption: captionOf(run),
    panels: [{ title: "KB per connection, user space", better: "less", scale: "linear" }],
    rows: rows.map((rounds) => {
      const each = median(rounds.map(({ bytesPerConnection }) => bytesPerConnection / 1024));
      return {
        name: nameOf(nameIn(rounds)),
        role: roleOf(nameIn(rounds), main),
        cells: [{ value: each, label: `${fixed(each, 2)} KB` }],
      };
    }),
  });
}
