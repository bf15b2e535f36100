// The machine of the newest results, and the list of all results that the page was made from.

import { nameOf } from "../candidates.ts";
import { markdownTable, notMeasured } from "../markdown.ts";
import { commitOf, dateOf, type Kept } from "../read-kept.ts";
import type { Section } from "./section.ts";

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
    return { markdown: markdownTable([["", "of the newest results"], ...rows]) };
  },
};

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
  const { candidates } = options as { readonly candidates?: readonly string[] };
  return candidates === undefined ? "Maru" : candidates.map(nameOf).join("; ");
}
