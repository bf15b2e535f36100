// The machine of the newest results, and the list of all results that the page was made from.

import type { Kept } from "../../harness/record.ts";
import { markdownTable, paragraphs } from "../../harness/table.ts";
import { isOurs, nameOf } from "../../servers/candidate-names.ts";
import type { Section } from "../section.ts";
import { commitOf, dateOf, notMeasured } from "../section.ts";

export const machineSection: Section = {
  name: "machine",
  render(kept) {
    const [newest] = kept;
    if (newest === undefined) return { markdown: notMeasured("fanout") };
    const { machine } = newest;
    const rows = [
      ["processor", `${machine.cpu}, ${machine.cores} cores`],
      ["memory", `${Math.round(machine.memoryBytes / 1e9)} GB`],
      ["kernel", `Linux ${machine.kernel}, TCP ${machine.congestionControl}`],
      ["Bun", machine.bun],
      ["C compiler", machine.compiler ?? "none"],
      ["network", "loopback; servers and load generator on the same machine"],
    ];
    const table = markdownTable([["", "of the newest results"], ...rows]);
    return { markdown: paragraphs(table, versionsTable(kept)) };
  },
};

/** Of each server that was measured, from the newest result that tells it. */
function versionsTable(kept: readonly Kept[]): string {
  const versions = new Map<string, string>();
  for (const [name, version] of kept.flatMap((each) => Object.entries(each.versions ?? {}))) {
    // Maru is this tree: every table names its commit.
    if (!isOurs(name) && !versions.has(nameOf(name))) versions.set(nameOf(name), version);
  }
  const rows = [...versions].toSorted(([one], [other]) => one.localeCompare(other, "en"));
  return rows.length === 0 ? "" : markdownTable([["server", "version"], ...rows]);
}

export const sourcesSection: Section = {
  name: "sources",
  render(kept) {
    const rows = kept.map((each) => [
      `[${each.file}](../bench/results/kept/${each.file})`,
      each.benchmark,
      dateOf(each),
      commitOf(each),
      candidatesOf(each),
    ]);
    return {
      markdown: markdownTable([["file", "benchmark", "taken", "commit", "servers"], ...rows]),
    };
  },
};

function candidatesOf({ options }: Kept): string {
  const { candidates } = (options ?? {}) as { readonly candidates?: readonly string[] };
  return candidates === undefined ? "Maru" : candidates.map(nameOf).join("; ");
}
