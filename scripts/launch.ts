// The one entry of every root script: makes sure that the dependencies are there, then runs the
// program in this same process, so that signals, exit codes and the terminal are the program's own.
// Imports nothing from the workspace: before the installation there is nothing to import.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, "..");
const stampFile = join(root, "node_modules", ".installed");

/** What an installation depends on: when this changes, it is made anew. */
function fingerprint(): string {
  const hash = createHash("sha256").update(Bun.version);
  for (const file of ["package.json", "bun.lock"]) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function installIfNeeded(): void {
  const wanted = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  process.stderr.write("installing the dependencies (once) …\n");
  const install = Bun.spawnSync(
    [process.execPath, "install", "--frozen-lockfile", "--silent", "--no-progress"],
    { cwd: root, stdout: "pipe", stderr: "pipe" },
  );
  if (install.exitCode !== 0) {
    process.stderr.write(
      `The dependencies could not be installed ("bun install" in ${root} shows why):\n` +
        `${install.stdout}${install.stderr}\n`,
    );
    process.exit(1);
  }
  writeFileSync(stampFile, wanted);
  beginAgain();
}

/**
 * Bun remembers that this folder had no node_modules (findings/bun-import-after-install.sh). The system
 * puts the new program into this process; where it can't, its exit code is passed on.
 */
function beginAgain(): never {
  const again = [process.execPath, ...process.argv.slice(1)];
  process.execve?.(process.execPath, again, { ...process.env });
  const inherit = ["inherit", "inherit", "inherit"] as const;
  process.exit(Bun.spawnSync(again, { stdio: [...inherit] }).exitCode);
}

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write("usage: bun scripts/launch.ts PROGRAM [ARG ...]\n");
  process.exit(2);
}
installIfNeeded();
const path = join(root, program);
process.argv.splice(1, process.argv.length, path, ...args);
await import(path);
