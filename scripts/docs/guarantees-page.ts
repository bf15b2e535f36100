// docs/guarantees.md is written by hand, but for its table of what commands may cost, which is the one
// that the hub goes by.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandCosts } from "@maru/chat/command-costs";
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

/** Each command with as much in it as has a price, by a session in as many rooms as it may be in. */
const longest = { text: "@".padEnd(8_192, "x"), topic: "x".repeat(512) };
const everywhere = { rooms: new Set(Array.from({ length: 400 }, () => ({ members: new Map() }))) };

function workUs(type: keyof typeof commandCosts): string {
  const cost = commandCosts[type].workUs as (command: object, session: object) => number;
  return String(Math.round(cost(longest, everywhere)));
}

function costTable(): string {
  const rows = Object.entries(commandCosts).map(([type, { worst }]) => [
    code(type),
    workUs(type as keyof typeof commandCosts),
    worst.hub,
    worst.log,
    worst.reader,
    worst.wire,
    worst.bound,
  ]);
  const head = [
    "command",
    "work, µs",
    "the hub",
    "the log",
    "a reader thread",
    "the wire",
    "bounded besides by",
  ];
  return table(head, rows);
}
