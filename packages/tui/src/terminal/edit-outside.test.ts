// What a person's own editor makes of a text.

import { expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { editorUnitsMax } from "../editor/editor.ts";
import { editOutside } from "./edit-outside.ts";
import type { Terminal } from "./terminal.ts";

const wish = { text: "so", file: "text.txt", prefix: "edited-" };
const terminal = { lend: (during: () => unknown) => during() } as unknown as Terminal;

test("without a place for the file the text stays, and the person is told", async () => {
  const answer = await editOutside(terminal, "true", { ...wish, temporary: "/no/such/directory" });
  expect(answer).toMatchObject({ text: null });
  expect(answer).toHaveProperty("problem", expect.stringContaining("no place for a file"));
});

test("an editor that changes nothing gives the text back", async () => {
  const answer = await editOutside(terminal, "true", wish);
  expect(answer).toMatchObject({ text: "so", problem: null });
});

test("what is too long for the line stays in its file", async () => {
  const directory = await mkdtemp(join(tmpdir(), "maru-test-"));
  try {
    const text = "x".repeat(editorUnitsMax + 1);
    const answer = await editOutside(terminal, "true", { ...wish, text, temporary: directory });
    const file = answer.file ?? "";
    expect(file).toStartWith(directory);
    expect(await readFile(file, "utf8")).toBe(text);
    const brief = await editOutside(terminal, "true", { ...wish, temporary: directory });
    expect(brief).not.toHaveProperty("file");
    expect(await readdir(directory)).toHaveLength(1);
  } finally {
    await rm(directory, { recursive: true });
  }
});
