// README.ko.md says all that README.md says: the same sections, tables, commands, links and figures.
// How it says it is a writer's; what is missing is found here.

import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const [english, korean] = [read("README.md"), read("README.ko.md")];

/** Each section, in order, with its name in Korean. A new section is a line here. */
const sections: readonly [string, string][] = [
  ["# Maru", "# 마루"],
  ["## Sixty seconds", "## 1분 만에 시작하기"],
  ["## What it promises", "## 보장하는 것"],
  ["## How fast", "## 성능"],
  ["## What is where", "## 저장소 구조"],
  ["## A service in an afternoon", "## 반나절 만에 만드는 서비스"],
  ["## Not yet", "## 아직 없는 것"],
  ["## License", "## 라이선스"],
];

/** What stands in code, and is another word in Korean. */
const translated = new Map([
  ["#room", "#방"],
  ["/command", "/명령"],
  [":emoji", ":이모지"],
]);

const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "");

function blocksOf(text: string): { language: string; code: string }[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    code,
  }));
}

/** Of a block of shell, the commands: without comments, and without what is said in quotes. */
const commandsOf = (code: string) =>
  code
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").replace(/"[^"{}]*"/g, '"…"'))
    .filter((line) => line !== "");

function sectionsOf(text: string): Map<string, string> {
  const parts = withoutBlocks(text).split(/^(?=#+ )/m);
  return new Map(parts.map((part) => [part.split("\n", 1)[0] ?? "", part]));
}

/** Tables as rows of cells; a table is what stands together. */
function tablesOf(text: string): string[][][] {
  return [...withoutBlocks(text).matchAll(/(?:^\|.*\|$\n?)+/gm)].map(([table]) =>
    table
      .trim()
      .split("\n")
      .map((row) => row.slice(1, -1).split("|")),
  );
}

const linksOf = (text: string) =>
  [...withoutBlocks(text).matchAll(/\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"/g)]
    .map(([, link, source]) => link ?? source ?? "")
    .filter((link) => !link.startsWith("README"))
    .sort();

const codesOf = (text: string) =>
  new Set([...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code));

const figuresOf = (text: string) => {
  const [, block = ""] =
    /<!-- generated: readme-figures -->([\s\S]*?)<!-- end -->/.exec(text) ?? [];
  return block.match(/\d+(?:[.,]\d+)*/g) ?? [];
};

test("the sections are the same, in the same order", () => {
  expect([...sectionsOf(english).keys()]).toEqual(sections.map(([name]) => name));
  expect([...sectionsOf(korean).keys()]).toEqual(sections.map(([, name]) => name));
});

describe.each(sections)("%s and %s", (name, koreanName) => {
  const [one, other] = [
    sectionsOf(english).get(name) ?? "",
    sectionsOf(korean).get(koreanName) ?? "",
  ];

  test("have as many paragraphs, lists and tables", () => {
    const shape = (text: string) =>
      text
        .trim()
        .split(/\n{2,}/)
        .map((block) =>
          block.startsWith("|") ? "table" : block.startsWith("- ") ? "list" : "text",
        );
    expect(shape(other)).toEqual(shape(one));
    const items = (text: string) => text.match(/^- /gm)?.length ?? 0;
    expect(items(other)).toBe(items(one));
  });

  test("lead to the same places", () => expect(linksOf(other)).toEqual(linksOf(one)));

  test("name the same commands, settings and types", () => {
    const wanted = [...codesOf(one)].map((code) => translated.get(code) ?? code);
    expect(wanted.filter((code) => !codesOf(other).has(code))).toEqual([]);
  });
});

test("the tables have the same rows and columns", () => {
  const shape = (text: string) => tablesOf(text).map((table) => table.map((row) => row.length));
  expect(shape(korean)).toEqual(shape(english));
  expect(tablesOf(english).length).toBeGreaterThanOrEqual(4);
});

test("the commands and listings are the same", () => {
  const comparable = (text: string) =>
    blocksOf(text).map(({ language, code }) => [
      language,
      language === "sh" ? commandsOf(code) : code,
    ]);
  expect(comparable(korean)).toEqual(comparable(english));
  expect(blocksOf(english).length).toBeGreaterThanOrEqual(5);
});

test("the figures are the same", () => {
  expect(figuresOf(english).length).toBeGreaterThan(30);
  // Korean counts rooms and members in another order.
  expect(figuresOf(korean).toSorted()).toEqual(figuresOf(english).toSorted());
});

test("what is linked to in the project is there", () => {
  const links = [...linksOf(english), ...linksOf(korean)];
  const paths = links.filter((link) => !link.startsWith("http")).map((link) => link.split("#")[0]);
  expect(paths.filter((path) => !existsSync(join(root, path ?? "")))).toEqual([]);
});
