// The pages that show figures, and the charts, brought together with the kept results. The prose
// between the generated blocks is written by hand and stays as it is.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Kept, readResults } from "../harness/record.ts";
import type { Section } from "./section.ts";
import { capacitySection } from "./sections/capacity.ts";
import { curveSection } from "./sections/curve.ts";
import { fanoutSection } from "./sections/fanout.ts";
import { idleSection } from "./sections/idle.ts";
import { bestSection, limitsSection } from "./sections/limits.ts";
import { machineSection, sourcesSection } from "./sections/machine.ts";
import { koreanReadmeSection, readmeSection } from "./sections/readme.ts";
import { stormSection } from "./sections/storm.ts";
import {
  barSection,
  clientSection,
  historySection,
  latencySection,
  resumeSection,
  slowSection,
  startSection,
  trafficSection,
} from "./sections/tables.ts";

const performanceSections: readonly Section[] = [
  ...[machineSection, barSection, fanoutSection, latencySection, slowSection, trafficSection],
  ...[idleSection, stormSection, resumeSection, historySection, startSection, clientSection],
  ...[curveSection, limitsSection, bestSection, capacitySection, sourcesSection],
];

/** Adding a part is adding it here and a block to its page. */
export const pages = {
  "docs/performance.md": performanceSections,
  "README.md": [readmeSection],
  "README.ko.md": [koreanReadmeSection],
} as const satisfies Readonly<Record<string, readonly Section[]>>;

/** All that the kept results are shown in, but for the lists of what they are. */
export function renderSections(kept: readonly Kept[]): string {
  const shown = Object.values(pages)
    .flat()
    .filter((section) => section !== machineSection && section !== sourcesSection);
  return JSON.stringify(shown.map((section) => section.render(kept)));
}

const chartsPath = "docs/charts";
const keptPath = "bench/results/kept";

/** Text of every file by its path below the root: what it should say. */
export type Files = ReadonlyMap<string, string>;

/** Throws when a block of a page has no section, or a section no block. */
export function renderFiles(root: string): Files {
  const kept = readResults(join(root, keptPath));
  const files = new Map<string, string>();
  for (const [path, sections] of Object.entries(pages)) {
    const blocks = new Map<string, string>();
    for (const section of sections) {
      const { markdown, charts = {} } = section.render(kept);
      blocks.set(section.name, markdown);
      for (const [file, svg] of Object.entries(charts)) files.set(`${chartsPath}/${file}`, svg);
    }
    files.set(path, fillBlocks(path, readFileSync(join(root, path), "utf8"), blocks));
  }
  return files;
}

const block = /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** `path` is named in what it throws. */
export function fillBlocks(
  path: string,
  page: string,
  blocks: ReadonlyMap<string, string>,
): string {
  const left = new Set(blocks.keys());
  const filled = page.replace(block, (_, begin: string, name: string, end: string) => {
    const text = blocks.get(name);
    if (text === undefined) throw new Error(`${path}: nothing generates the block "${name}"`);
    left.delete(name);
    return `${begin}\n${text}\n\n${end}`;
  });
  if (left.size > 0) throw new Error(`${path} has no block "${[...left].join('", "')}"`);
  return filled;
}

/** Paths of what differs from `files`, is absent, or is a chart that nothing draws any more. */
export function staleFiles(root: string, files: Files): string[] {
  const differing = [...files].filter(([path, text]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, "utf8") !== text;
  });
  return [...differing.map(([path]) => path), ...orphans(root, files)];
}

function orphans(root: string, files: Files): string[] {
  const dir = join(root, chartsPath);
  if (!existsSync(dir)) return [];
  const charts = readdirSync(dir).filter((file) => file.endsWith(".svg"));
  return charts.map((file) => `${chartsPath}/${file}`).filter((path) => !files.has(path));
}

/** Paths of what was written or taken away. */
export function writeFiles(root: string, files: Files): string[] {
  const stale = staleFiles(root, files);
  for (const path of stale) {
    const text = files.get(path);
    const file = join(root, path);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  return stale;
}
