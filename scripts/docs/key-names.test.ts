// The documents name keys as the client's own help does: one source of names, and of what is bound.

import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ActionName, actions, bindingsOf } from "@maru/client/reference";
import { chordLabel, chordsOf } from "@maru/tui/key";

const root = resolve(import.meta.dir, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

const { bindings } = bindingsOf();
const labelsOf = (action: ActionName) =>
  chordsOf(bindings, action).map((chord) => chordLabel(chord));
const bound = new Set(actions.flatMap(({ name }) => labelsOf(name)));
/** Named because they can't be bound, or are another program's. */
const unbound = new Set(["Shift-Enter", "Ctrl-Enter"]);

/** What looks like a key: with something held down, or a key that has a name of its own. */
const keyPattern =
  /(?<![\w-])(?:(?:Ctrl|Alt|Shift|C|M|S)-)+(?:[A-Z][a-z]+\b|[↑↓←→]|[^\s`*|])|(?<![\w-])(?:F\d\d?|PgUp|PgDn|PageUp|PageDown|Esc|Escape|Tab)(?![\w-])/gu;

const keysIn = (text: string): string[] => text.match(keyPattern) ?? [];

const documents = ["README.md", "README.ko.md", "docs/client.md"];

test.each(documents)(
  "%s names every key as help does, and names none that does nothing",
  (path) => {
    const text = read(path).replace(/^```[\s\S]*?^```$/gm, "");
    const keys = keysIn(text).filter((key) => !unbound.has(key));
    expect(keys.length).toBeGreaterThan(10);
    expect([...new Set(keys)].filter((key) => !bound.has(key))).toEqual([]);
  },
);

test("the pattern finds keys however they are written", () => {
  const text = "`Alt-a`, **Ctrl-G**, Alt-Shift-R, Alt-←, M-x, PageUp; Shift-Tab. F12 Alt-/ alt-a";
  expect(keysIn(text)).toEqual([
    ...["Alt-a", "Ctrl-G", "Alt-Shift-R", "Alt-←", "M-x", "PageUp", "Shift-Tab", "F12", "Alt-/"],
  ]);
});

/** The tables of keys, row by row: what the keys of each row do, in their order. */
const introduced: readonly (readonly ActionName[])[] = [
  ["complete"],
  ["newline"],
  ["row-up", "history-search"],
  ["next-activity", "switch-room"],
  ["page-up", "page-down", "escape"],
  ["jump-unread", "find"],
  ["select-older", "reply-selected", "react-selected", "edit-selected"],
  ["bare-view"],
];
const tables: readonly [path: string, head: string, rows: readonly (readonly ActionName[])[]][] = [
  ["README.md", "| key | |", introduced],
  ["README.ko.md", "| 키 | |", introduced],
  [
    "docs/client.md",
    "| key | |",
    [
      ["next-activity"],
      ["switch-room"],
      ["room-1", "room-9"],
      ["previous-room", "next-room"],
      ["last-room"],
    ],
  ],
  [
    "docs/client.md",
    "| key | | without a selection |",
    [
      ["reply-selected"],
      ["react-selected"],
      ["edit-selected"],
      ["redact-selected"],
      ["copy-selected"],
    ],
  ],
];

describe.each(tables)("the table in %s under %s", (path, head, rows) => {
  const lines = read(path).split("\n");
  const from = lines.indexOf(head) + 2;
  const cells = lines
    .slice(
      from,
      lines.findIndex((line, at) => at >= from && !line.startsWith("|")),
    )
    .map((line) => line.split("|")[1] ?? "");

  test("has a row for each of these actions", () => expect(cells).toHaveLength(rows.length));

  test.each(rows.map((row, at) => [row, cells[at] ?? ""] as const))("%p: %s", (row, cell) => {
    const named = cell.match(/[^\s,·]+/gu)?.filter((word) => bound.has(word)) ?? [];
    const wanted = row.flatMap((action) => {
      const labels = labelsOf(action);
      // The first is the one to be told; a second one only where the row has it.
      return labels.filter((label, at) => at === 0 || named.includes(label));
    });
    expect(named).toEqual(wanted);
  });
});
