// Every script of the root tells what it is for, and what is wrong with its arguments, and does nothing.

import { expect, test } from "bun:test";
import { existsSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, "..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const names = Object.keys(scripts);
const full = "/dev/full";

/** What is no argument of it; `test` hands all but --help to \`bun test\`. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  hello: ["notaport"],
  bench: ["nosuchbench"],
  client: ["--nosuchflag"],
};

async function end(name: string, args: readonly string[], stdout: "pipe" | number = "pipe") {
  const child = Bun.spawn([process.execPath, "run", name, ...args], {
    cwd: root,
    stdin: "ignore",
    stdout,
    stderr: "pipe",
  });
  const said =
    child.stdout instanceof ReadableStream ? await new Response(child.stdout).text() : "";
  const [told, code] = await Promise.all([child.stderr.text(), child.exited]);
  return { said, told, code };
}

test.each(names)("bun run %s --help says how it is used", async (name) => {
  const { said, told, code } = await end(name, ["--help"]);
  expect([code, told]).toEqual([0, ""]);
  expect(said).toMatch(new RegExp(`^usage: bun run ${name}`, "i"));
});

test.skipIf(!existsSync(full)).each(names)(
  "%s --help tells that it can't be printed",
  async (name) => {
    const { told, code } = await end(name, ["--help"], openSync(full, "w"));
    expect(code).toBe(7);
    expect(told).toContain("no space left on device");
  },
);

test.each(names.filter((name) => name !== "test"))(
  "bun run %s with wrong arguments says so in words, with exit code 2",
  async (name) => {
    const { said, told, code } = await end(name, wrong[name] ?? ["--nosuchflag"]);
    expect([code, said]).toEqual([2, ""]);
    expect(told).not.toBe("");
    expect(told).not.toMatch(/^\s+at /m);
  },
);
