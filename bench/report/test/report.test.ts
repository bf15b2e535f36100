import { afterAll, describe, expect, test } from "bun:test";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootDir } from "../../harness/places.ts";
import { timesOf } from "../../load/summary.ts";
import { capacityFigures } from "../capacity.ts";
import { fanoutTables } from "../fanout-tables.ts";
import { fillBlocks, pages, renderFiles, staleFiles, writeFiles } from "../page.ts";
import {
  emptyKept,
  failedKept,
  failedOf,
  fanoutOf,
  faultyFanout,
  hundred,
  sample,
  sampleFanout,
  sampleKept,
} from "./sample-kept.ts";

const scratch = mkdtempSync(join(tmpdir(), "maru-report-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const pagePath = "docs/performance.md";
const sections = Object.entries(pages).flatMap(([path, here]) =>
  here.map((section) => ({ ...section, where: `${section.name} of ${path}` })),
);

const rendered = (name: string, kept = sampleKept): string =>
  sections.find((section) => section.name === name)?.render(kept).markdown ?? "";

describe("the pages and their charts", () => {
  test('are what the kept results say; if not, "bun run bench report" writes them anew', () => {
    expect(staleFiles(rootDir, renderFiles(rootDir))).toEqual([]);
  });

  test("are written only where they differ, and then they differ no more", () => {
    for (const path of [...Object.keys(pages), "docs/charts", "bench/results/kept"]) {
      cpSync(join(rootDir, path), join(scratch, path), { recursive: true });
    }
    writeFiles(scratch, renderFiles(scratch));
    const page = join(scratch, pagePath);
    writeFileSync(page, readFileSync(page, "utf8").replace(/^\| processor.*$/m, "| a rumour |"));
    writeFileSync(join(scratch, "docs/charts/old.svg"), "<svg/>");
    const files = renderFiles(scratch);
    expect(staleFiles(scratch, files)).toEqual([pagePath, "docs/charts/old.svg"]);
    expect(writeFiles(scratch, files)).toEqual([pagePath, "docs/charts/old.svg"]);
    expect(staleFiles(scratch, renderFiles(scratch))).toEqual([]);
  });
});

describe("the generated blocks", () => {
  const page = "prose\n\n<!-- generated: a -->\nold\n<!-- end -->\n\nmore prose\n";

  test("change nothing but what is between their markers", () => {
    expect(fillBlocks("a page", page, new Map([["a", "new"]]))).toBe(
      "prose\n\n<!-- generated: a -->\n\nnew\n\n<!-- end -->\n\nmore prose\n",
    );
  });

  test("are all in the page, and all in the sections", () => {
    expect(() => fillBlocks("a page", page, new Map())).toThrow('nothing generates the block "a"');
    const two = new Map([
      ["a", ""],
      ["b", ""],
    ]);
    expect(() => fillBlocks("a page", page, two)).toThrow('has no block "b"');
  });
});

describe("every section", () => {
  for (const section of sections) {
    test(`${section.where}: says that nothing was measured where nothing was, and makes up nothing`, () => {
      const { markdown, charts } = section.render([]);
      expect(charts ?? {}).toEqual({});
      if (section.name === "sources") return;
      expect(markdown).toMatch(/not measured yet/i);
    });

    test(`${section.where}: stands results in which nothing was measured, or every round failed`, () => {
      for (const kept of [emptyKept, failedKept]) {
        const { markdown } = section.render(kept);
        expect(markdown).not.toMatch(/undefined|NaN|\[object|Infinity/);
      }
    });

    test(`${section.where}: is the same for the same results, without a hole`, () => {
      const once = section.render(sampleKept);
      expect(section.render(sampleKept)).toEqual(once);
      const text = [once.markdown, ...Object.values(once.charts ?? {})].join("\n");
      expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
    });
  }
});

describe("the tables", () => {
  test("of fan-out have ratios within the run", () => {
    expect(rendered("fan-out")).toContain(
      "| **Maru** | 8.00 M (7.00–9.00) | 0.80 | 2.00 | 0.100 (0.090–0.110) | 1.25 | 0.50 | 1.00 | 5.00 | 3 of 3 | none |",
    );
  });

  test("of fan-out count the rounds that failed, and add up every kind of fault", () => {
    const markdown = rendered("fan-out", [faultyFanout]);
    expect(markdown).toContain("| 2 of 3 | 3 missing, 4 misordered |");
    expect(markdown).toContain("| 1 of 1 | 2 misordered<sup>1</sup> |");
    expect(markdown).toContain("| 0 of 1 | every round failed |");
    expect(markdown).toContain("may overtake each other");
    expect(rendered("fan-out")).not.toContain("overtake");
  });

  test("of idle connections tell in how many rooms they are, and how long the server rested", () => {
    expect(rendered("idle")).toContain(
      "in no room unless the protocol needs one, read after 12 s of rest;",
    );
  });

  test("of the machine tell the versions of the others, and take ours from the commit", () => {
    expect(rendered("machine")).toContain("| Redis pub/sub | 7.0 |");
    expect(rendered("machine")).not.toContain("Maru");
  });

  test("of two people who talk show the tail beside readers, with the range of the rounds", () => {
    const figures = {
      pages: {},
      searches: {},
      talks: [2, 4, 3].flatMap((p99Ms) => [
        { p50Ms: 1, p99Ms, reading: null },
        { p50Ms: 1, p99Ms: p99Ms * 2, reading: {} },
      ]),
    };
    const markdown = rendered("history", [sample("history", [figures], { entries: 10 })]);
    expect(markdown).toContain("| alone | 3 | 1.00 (1.00–1.00) | 3.00 (2.00–4.00) |");
    expect(markdown).toContain("| beside the readers | 3 | 1.00 (1.00–1.00) | 6.00 (4.00–8.00) |");
  });

  test("of the READMEs have each room beside the C loop, Bun and Redis", () => {
    const markdown = rendered("readme-figures");
    expect(markdown).toContain(
      "| a room of 100, 256 in flight | 8.00 M | 0.100 µs | 0.80 · 1.25 | 2.00 · 0.50 | – |",
    );
    expect(markdown).toContain(
      "| 10,000 people in 100 rooms, 50,000 deliveries/s | 0.60 of a core;",
    );
  });

  test("of the bar tell by how much a row is missed, and which are not measured", () => {
    expect(rendered("bar")).toContain(
      "| an idle connection, plain | ≤ 3 KB | 4.41 KB | **missed** by 47.0 % |",
    );
    expect(rendered("bar")).toContain("| not measured yet | `bun run bench bar --rows start` |");
  });

  test("pass over results of quick runs", () => {
    const quick = sampleKept.map((each) => ({ ...each, options: { quick: true } }));
    expect(rendered("bar", quick)).not.toContain("4.41");
    expect(rendered("curve", quick)).toContain("Not measured yet");
  });
});

describe("of several fan-out runs", () => {
  const later = "2026-11-23T10:00:00.000Z";

  test("the newest is shown, and no row of an older one beside it", () => {
    const newer = sample("fanout", [fanoutOf("maru:0:fsync", hundred, 6, 0.2)], {}, later);
    const tables = fanoutTables([newer, sampleFanout]);
    const [first] = tables;
    expect(first?.kept).toBe(newer);
    expect(first?.rows.map(({ candidate }) => candidate)).toEqual(["maru:0:fsync"]);
    const [row] = first?.rows ?? [];
    expect(first && row && timesOf(first, row, "coalescing", "cpuUs")).toBeUndefined();
    expect(tables.slice(1).every(({ kept }) => kept === sampleFanout)).toBe(true);
  });

  test("one in which everything failed hides nothing", () => {
    const failed = sample("fanout", [failedOf("maru:0", hundred)], {}, later);
    expect(fanoutTables([failed, sampleFanout])[0]?.kept).toBe(sampleFanout);
  });
});

test("the calculator's figures come from the results, each with its source", () => {
  const figures = capacityFigures(sampleKept);
  const values = Object.values(figures).map((figure) => figure?.value);
  expect(values).toEqual([12, 4, 150, 3_072, 80e6, 200_000, 2_000]);
  for (const figure of Object.values(figures)) expect(figure?.source).toContain("22 November 2026");
});
