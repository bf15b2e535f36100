// Compiles the bench's own C programs, once per state of their sources, into the cache.
// Owns bench/.cache/bin; never installs a compiler.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "./places.ts";

const flags = ["-O2", "-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-pthread"];
const binDir = join(cacheDir, "bin");

export interface CProgram {
  readonly name: string;
  readonly dir: string;
  /** File names in dir; absent: every .c file there. */
  readonly sources?: readonly string[];
}

/** The first line of `cc --version`, or undefined where there is no C compiler. */
export function compilerVersion(): string | undefined {
  if (Bun.which("cc") === null) return undefined;
  return Bun.spawnSync(["cc", "--version"]).stdout.toString().split("\n")[0];
}

/** Path of the compiled program; throws with the compiler's words when it does not compile. */
export function compileC({ name, dir, sources }: CProgram): string {
  const files = sources ?? readdirSync(dir).filter((file) => file.endsWith(".c"));
  const path = join(binDir, `${name}-${fingerprint(dir)}`);
  if (existsSync(path)) return path;
  mkdirSync(binDir, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  const cc = Bun.spawnSync(["cc", ...flags, "-o", fresh, ...files.map((file) => join(dir, file))]);
  if (cc.exitCode !== 0) throw new Error(`${name} does not compile\n${cc.stderr}`);
  renameSync(fresh, path);
  return path;
}

/** Of all that is in the directory, headers too: a little too much is compiled, never too little. */
function fingerprint(dir: string): string {
  const hash = createHash("sha256").update(`${compilerVersion()} ${flags.join(" ")}`);
  for (const file of readdirSync(dir).sort())
    hash.update(file).update(readFileSync(join(dir, file)));
  return hash.digest("hex").slice(0, 12);
}
