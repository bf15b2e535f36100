import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf, realDisk } from "./disk.ts";

const root = mkdtempSync(join(tmpdir(), "maru-disk-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("each operation does what its name says", () => {
  const path = join(root, "file");
  realDisk.write(path, "가나다");
  realDisk.append(path, "라\n");
  expect(realDisk.size(path)).toBe(13);
  realDisk.truncate(path, 9);
  expect(Buffer.from(realDisk.read(path)).toString()).toBe("가나다");
  realDisk.rename(path, `${path}2`);
  expect([realDisk.size(path), realDisk.size(`${path}2`)]).toEqual([null, 9]);
  expect(realDisk.createNew(path, "new")).toBe(true);
  expect(realDisk.createNew(path, "newer")).toBe(false);
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(
    realDisk
      .list(root)
      .filter((name) => name.startsWith("file"))
      .sort(),
  ).toEqual(["file", "file2"]);
  realDisk.remove(path);
  realDisk.remove(path);
  expect(realDisk.size(path)).toBeNull();
});

test("to a file that is not there nothing is appended", () => {
  let code = "";
  try {
    realDisk.append(join(root, "nowhere"), "x");
  } catch (error) {
    code = codeOf(error);
  }
  expect(code).toBe("ENOENT");
});
