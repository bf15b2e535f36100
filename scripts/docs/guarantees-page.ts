// docs/guarantees.md is written by hand, but for its table of what commands may cost, which is the one
// that the hub goes by.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandCosts } from "../../packages/chat/src/hub/command-costs.ts";
import { code, table } from "./markdown.ts";

export const guaranteesPath = "docs/guarantees.md";
const block = /<!-- generated: command costs -->[\s\S]*?<!-- end -->/;

/** The page with its table made anew; only the table where there is no page. */
export function renderGuaranteesPage(root: string): string {
  const path = join(root, guaranteesPath);
  const made = `<!-- generated: command costs -->\n\n${costTable()}\n\n<!-- end -->`;
  if (!existsSync(path)) return made;
  const page = readFileSync(path, "utf8");
  if (!block.test(page)) throw new Error(`${guaranteesPath} has no place for the command costs`);
  return page.replace(block, () => made);
}

function costTable(): string {
  const rows = Object.entries(commandCosts).map(([type, { worst }]) => [
    code(type),
    worst.hub,
    worst.log,
    worst.reader,
    worst.wire,
    worst.bound,
  ]);
  const head = [
    "command",
    "the hub",
    "the log",
    "a reader thread",
    "the wire",
    "bounded besides by",
  ];
  return table(head, rows);
}
