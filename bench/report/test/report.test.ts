import { afterAll, describe, expect, test } from "bun:test";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootDir } from "../../stage/places.ts";
import { capacityFigures } from "../capacity-figures.ts";
import { fanoutTables, timesOf } from "../fanout-tables.ts";
import { fillBlocks, pagePath, renderFiles, staleFiles, writeFiles } from "../page.ts";
import { sections } from "../sections.ts";
import { fanoutOf, hundred, sample, sampleFanout, sampleKept } from "./sample-kept.ts";

const scratch = mkdtempSync(join(tmpdir(), "maru-report-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const rendered = (name: string, kept = sampleKept): string =>
  sections.find((section) => section.name === name)?.render(kept).markdown ?? "";

describe("docs/performance.md", () => {
  test('is what the kept results say; if not, "bun run bench report" writes it anew', () => {
    expect(staleFiles(rootDir, renderFiles(rootDir))).toEqual([]);
  });

  test("is written only where it differs, and then it differs no more", () => {
    for (const path of ["docs/performance.md", "docs/charts", "bench/results/kept"]) {
      cpSync(join(rootDir, path), join(scratch, path), { recursive: true });
    }
    expect(writeFiles(scratch, renderFiles(scratch))).toEqual([]);
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
    expect(fillBlocks(page, new Map([["a", "new"]]))).toBe(
      "prose\n\n<!-- generated: a -->\n\nnew\n\n<!-- end -->\n\nmore prose\n",
    );
  });

  test("are all in the page, and all in the sections", () => {
    expect(() => fillBlocks(page, new Map())).toThrow('nothing generates the block "a"');
    const two = new Map([
      ["a", ""],
      ["b", ""],
    ]);
    expect(() => fillBlocks(page, two)).toThrow('has no block "b"');
  });
});

describe("every section", () => {
  for (const section of sections) {
    test(`${section.name}: says that nothing was measured where nothing was, and makes up nothing`, () => {
      const { markdown, charts } = section.render([]);
      expect(charts ?? {}).toEqual({});
      if (section.name === "sources") return;
      expect(markdown).toMatch(/not measured yet/i);
    });

    test(`${section.name}: is the same for the same results, without a hole`, () => {
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
      "| **Maru** | 8,000,000 | 0.80 | 2.00 | 0.100 | 1.25 | 0.50 | 1.00 | 5.00 |",
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

describe("fan-out runs", () => {
  const later = "2026-11-23T10:00:00.000Z";

  test("the newest with Maru and both references is shown whole", () => {
    const newer = sample("fanout", sampleFanout.measurements, {}, later);
    expect(fanoutTables([newer, sampleFanout])[0]?.run.kept).toBe(newer);
  });

  test("a row from another run is marked, and compared with that run alone", () => {
    const measurements = [
      fanoutOf("maru:0:fsync", hundred, 6, 0.2),
      fanoutOf("maru:0:memory", hundred, 7, 0.1),
      fanoutOf("coalescing", hundred, 12, 0.05),
    ];
    const partial = sample("fanout", measurements, {}, later);
    const [table] = fanoutTables([partial, sampleFanout]);
    expect(table?.run.kept).toBe(sampleFanout);
    expect(table?.rows.map(({ candidate }) => candidate)).toEqual([
      "coalescing",
      "maru:0",
      "bun-serve",
      "maru:0:fsync",
    ]);
    const fsync = table?.rows.at(-1);
    expect(fsync && timesOf(fsync, "coalescing", "deliveriesPerSecond")).toBe(0.5);
    expect(rendered("fan-out", [partial, sampleFanout])).toContain("**Maru, fsync**<sup>1</sup>");
  });
});

test("the calculator's figures come from the results, each with its source", () => {
  const figures = capacityFigures(sampleKept);
  const values = Object.values(figures).map((figure) => figure?.value);
  expect(values).toEqual([12, 4, 150, 3_072, 80e6, 200_000, 2_000]);
  for (const figure of Object.values(figures)) expect(figure?.source).toContain("22 November 2026");
});
