// The end of a proof for people: a table that may be pasted into the documentation, or what has broken.

import { availableParallelism, cpus } from "node:os";
import type { Broken, Proof } from "./proof.ts";

export function summaryOf(proofs: readonly Proof[], now = new Date()): string {
  const [cpu] = cpus();
  const machine = [
    `Bun ${Bun.version}`,
    `${process.platform} ${process.arch}`,
    `${availableParallelism()} cores${cpu === undefined ? "" : ` (${cpu.model.trim()})`}`,
  ];
  const rows = proofs.map(({ what, counted, seeds, tookMs, broken }) =>
    row(what, counted.join("; "), seeds, duration(tookMs), `${broken.length}`),
  );
  return [
    `Run on ${now.toISOString().slice(0, 10)} with ${machine.join(", ")}.`,
    "",
    row("what was run", "counted", "seed", "took", "violations"),
    row("---", "---", "---", "---", "--:"),
    ...rows,
    "",
  ].join("\n");
}

const toldMax = 10;

/** What has broken, and the commands that run it again; nothing if nothing has. */
export function complaintOf(proofs: readonly Proof[]): string {
  return proofs
    .filter(({ broken }) => broken.length > 0)
    .map(({ what, broken }) => {
      const told = broken.slice(0, toldMax).map(tell);
      const rest = broken.length - told.length;
      const more = rest > 0 ? [`… and ${rest} more`] : [];
      return `\nBROKEN in ${what}:\n\n${[...told, ...more].join("\n\n")}\n`;
    })
    .join("");
}

function tell({ description, replay }: Broken): string {
  return replay === undefined ? description : `${description}\nrun it again: ${replay}`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
