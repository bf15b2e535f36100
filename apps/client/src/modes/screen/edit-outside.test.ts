import { expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@maru/sdk";
import { roomKey } from "@maru/sdk";
import { editorUnitsMax } from "@maru/tui/editor";
import type { Terminal } from "@maru/tui/terminal";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import { editOutside } from "./edit-outside.ts";
import { performScreen } from "./perform-screen.ts";

const wish = { type: "edit-outside", text: "so", key: roomKey("den") } as const;
const terminal = { lend: (during: () => unknown) => during() } as unknown as Terminal;

test("without a place for the file the text stays, and the person is told", async () => {
  const answer = await editOutside(terminal, "true", wish, "/no/such/directory");
  expect(answer).toMatchObject({ type: "edited-outside", key: roomKey("den"), text: null });
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
    const answer = await editOutside(terminal, "true", { ...wish, text }, directory);
    const file = "file" in answer ? (answer.file ?? "") : "";
    expect(file).toStartWith(directory);
    expect(await readFile(file, "utf8")).toBe(text);
    const brief = await editOutside(terminal, "true", wish, directory);
    expect(brief).not.toHaveProperty("file");
    expect(await readdir(directory)).toHaveLength(1);
  } finally {
    await rm(directory, { recursive: true });
  }
});

const perform = (thrown: Error) => {
  const failing = {
    suspend: () => {
      throw thrown;
    },
  };
  const tools = { editor: undefined, call: () => {} };
  const model = {} as ScreenModel;
  return performScreen(
    ...([{} as Client, { type: "suspend" }, model, failing as unknown as Terminal, tools] as const),
  );
};

test("what the system refuses is told; a bug is not hidden", async () => {
  const refused = Object.assign(new Error("not permitted"), { code: "EPERM" });
  expect(await perform(refused)).toEqual({ type: "told", text: "not permitted", isError: true });
  expect(perform(new TypeError("a bug"))).rejects.toThrow("a bug");
});
