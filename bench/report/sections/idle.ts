// What an idle connection costs in the server's memory, by server: table and chart.

import { drawBars } from "../../chart/draw-bars.ts";
import type { IdleMeasurement } from "../../idle/measure-idle.ts";
import { fixed, grouped } from "../../stage/format-number.ts";
import { isOurs, nameOf, roleOf } from "../candidates.ts";
import { markdownTable, notMeasured, paragraphs, picture } from "../markdown.ts";
import { captionOf, commitOf, dateOf, ofBenchmark } from "../read-kept.ts";
import type { Section } from "./section.ts";

const file = "idle.svg";
const kilobytes = (bytes: number): string => fixed(bytes / 1024, 2);

export const idleSection: Section = {
  name: "idle",
  render(kept) {
    const [newest] = ofBenchmark(kept, "idle");
    if (newest === undefined) return { markdown: notMeasured("idle") };
    const measured = (newest.measurements as readonly IdleMeasurement[]).toSorted(
      (one, other) => one.bytesPerConnection - other.bytesPerConnection,
    );
    const most = Math.max(...measured.map(({ crowd }) => crowd.held));
    const main = measured.find(({ candidate }) => isOurs(candidate))?.candidate ?? "";
    const chart = drawBars({
      title: "Memory of an idle connection",
      subtitle: `${grouped(most)} connections, greeted and silent; growth of resident memory ÷ connections, sockets' kernel memory not in it`,
      caption: captionOf(newest),
      panels: [{ title: "KB per connection, user space", better: "less", scale: "linear" }],
      rows: measured.map(({ candidate, bytesPerConnection }) => ({
        name: nameOf(candidate),
        role: roleOf(candidate, main),
        cells: [{ value: bytesPerConnection / 1024, label: `${kilobytes(bytesPerConnection)} KB` }],
      })),
    });
    const rows = measured.map(({ candidate, before, after, crowd, bytesPerConnection }) => [
      nameOf(candidate),
      grouped(crowd.held),
      fixed(before.residentBytes / 1e6, 1),
      fixed(after.residentBytes / 1e6, 1),
      kilobytes(bytesPerConnection),
    ]);
    const table = markdownTable([
      ["server", "connections", "MB before", "MB with them", "KB each"],
      ...rows,
    ]);
    const run = `${dateOf(newest)}, commit ${commitOf(newest)}.`;
    return {
      markdown: paragraphs(picture("Memory of an idle connection, by server", file), table, run),
      charts: { [file]: chart },
    };
  },
};
