import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettingsFile, settingsBytesMax } from "./read-settings-file.ts";

const directory = mkdtempSync(join(tmpdir(), "maru-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

const path = join(directory, "x.toml");

test("a file is read up to its bound, and no further", () => {
  writeFileSync(path, "#".repeat(settingsBytesMax));
  expect(readSettingsFile(path)).toMatchObject({ kind: "read" });
  writeFileSync(path, "#".repeat(settingsBytesMax + 1));
  expect(readSettingsFile(path)).toEqual({ kind: "long" });
  expect(readSettingsFile("/dev/zero")).toEqual({ kind: "long" });
});

test("what can't be read says why", () => {
  expect(readSettingsFile(join(directory, "none"))).toEqual({
    kind: "unread",
    why: "there is no such file",
  });
  expect(readSettingsFile(directory)).toEqual({
    kind: "unread",
    why: "it is a directory; name a file",
  });
});
