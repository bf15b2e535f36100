// A page in docs/ko says all that its English one says: as many sections, the same commands and output,
// the same figures, and links to the same places. How it says it is a writer's.

import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const docs = join(import.meta.dir, "../../docs");
const pages = readdirSync(join(docs, "ko")).filter((name) => name.endsWith(".md"));
const read = (path: string) => readFileSync(join(docs, path), "utf8");

const blocksOf = (text: string) => text.match(/^```[\s\S]*?^```$/gm) ?? [];
const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "");
const headingsOf = (text: string) => withoutBlocks(text).match(/^#+ (?:\d+\. )?/gm) ?? [];
/** In any order: the other language may put them otherwise. */
const figuresOf = (text: string) =>
  (withoutBlocks(text).match(/\d+(?:[.,]\d+)+/g) ?? []).toSorted();
const codeOf = (text: string) => new Set(withoutBlocks(text).match(/`[^`]+`/g) ?? []);
const linksOf = (path: string) =>
  [...withoutBlocks(read(path)).matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link = ""]) => normalize(join(dirname(path), link)))
    .toSorted();

describe.each(pages)("docs/ko/%s", (page) => {
  const [english, korean] = [read(page), read(join("ko", page))];

  test("has the same sections", () => {
    expect(headingsOf(korean)).toEqual(headingsOf(english));
  });

  test("shows the same commands and output", () => {
    expect(blocksOf(korean)).toEqual(blocksOf(english));
  });

  test("names the same figures and the same code", () => {
    expect(figuresOf(korean)).toEqual(figuresOf(english));
    expect(codeOf(korean)).toEqual(codeOf(english));
  });

  test("leads to the same places", () => {
    expect(linksOf(join("ko", page))).toEqual(linksOf(page));
  });
});
