// The pictures show the client as it is, and the same each time. That they are up to date is
// generate-docs.test.ts's.

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { documentPaths } from "./document-paths.ts";
import { makeDocuments } from "./documents.ts";

let made: Record<string, string> = {};
beforeAll(async () => {
  made = await makeDocuments();
});
afterAll(() => {
  made = {};
});

/** The letters of a picture, row by row. */
function rowsOf(svg: string): string[] {
  const rows = new Map<string, string>();
  for (const [, y = "", text = ""] of svg.matchAll(/<text x="[^"]*" y="([^"]*)"[^>]*>([^<]*)</g)) {
    rows.set(y, `${rows.get(y) ?? ""}${text}`);
  }
  return [...rows.values()];
}

test("there is one for each path", () => {
  expect(Object.keys(made).toSorted()).toEqual(Object.values(documentPaths).toSorted());
});

test("playing the scenes again makes the same documents", async () => {
  const again = await makeDocuments();
  for (const path of Object.values(documentPaths)) expect(again[path] === made[path]).toBe(true);
});

describe("the wide pictures show", () => {
  test.each([
    ["a line above what is unread", "unread"],
    ["a mention", "@mina"],
    ["what is answered", "↳luca:"],
    ["a reaction", "👍2서연,ann"],
    ["an edited message", "(edited)"],
    ["a day", "Monday23November2026"],
    ["what is being sent", "◌점심은"],
    ["who is writing", "iswriting…"],
    ["Korean that is being typed", "네,지금볼게요"],
  ])("%s", (_, wanted) => {
    for (const path of [documentPaths.dark, documentPaths.light]) {
      const text = rowsOf(made[path] ?? "")
        .join("\n")
        .replaceAll(" ", "");
      expect(text).toContain(wanted);
    }
  });
});

test("the recording is at most 80 columns of text between its rules, and has eleven screens", () => {
  const lines = (made[documentPaths.recording] ?? "").split("\n");
  expect(lines.filter((line) => line.startsWith("═"))).toHaveLength(22);
  expect(lines.filter((line) => line.includes("▏")).length).toBeGreaterThan(9);
});
