// A stranger's project: an empty folder into which npm installs the tarballs, without a network.
// Owns the folder. What the packages need of others' comes from this workspace's own installation, as
// folders that npm copies, so that nothing is fetched.

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dir, "../../..");
const programs = join(import.meta.dir, "../programs");

/** A package of this workspace's installation, as a folder. */
export const installed = (name: string) =>
  realpathSync(join(import.meta.dir, "../node_modules", name));

export interface Ended {
  readonly exitCode: number;
  /** Both streams, one behind the other. */
  readonly output: string;
}

export async function run(command: readonly string[], cwd: string): Promise<Ended> {
  const child = Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { exitCode: await child.exited, output: stdout + stderr };
}

/** The folder, with the programs in it; the caller removes it. */
export async function becomeStranger(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "maru-stranger-"));
  try {
    await orThrow([process.execPath, "scripts/pack.ts", join(folder, "tarballs")], root);
    await install(folder);
    const nodeTypes = installed("@types/node-20");
    copy(nodeTypes, join(folder, "node_modules/@types/node"));
    copy(resolve(nodeTypes, "../../undici-types"), join(folder, "node_modules/undici-types"));
    copy(programs, folder);
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

/** The tarball of each package, by its name. */
export function tarballsIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(join(folder, "tarballs"));
  return new Map(
    files.map((file) => [
      file.replace(/^maru-(.+)-[^-]+\.tgz$/, "@maru/$1"),
      join(folder, "tarballs", file),
    ]),
  );
}

/** Every package by its name, and where it is; all but the tarballs from this workspace's own. */
function everyPackage(folder: string): Record<string, string> {
  const tarballs = [...tarballsIn(folder)].map(([name, path]) => [name, `file:${path}`]);
  const others = ["zod", "fastest-levenshtein"].map((name) => [name, `file:${installed(name)}`]);
  return Object.fromEntries([...tarballs, ...others]);
}

async function install(folder: string): Promise<void> {
  const dependencies = everyPackage(folder);
  const manifest = { name: "stranger", private: true, type: "module", dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"];
  const cache = ["--cache", join(folder, "cache")];
  await orThrow(["npm", "install", "--offline", "--install-links", ...quiet, ...cache], folder);
}

/**
 * What needs zod alone, in a folder of its own by Bun, which looks for a sibling on the registry unless
 * `overrides` says where it is: here no registry answers. (Of a folder Bun installs what that package
 * is developed with, too: zod's has nothing of the kind.)
 */
export async function installWithBun(folder: string): Promise<string> {
  const place = join(folder, "with-bun");
  mkdirSync(place);
  const {
    "@maru/core": core,
    "@maru/protocol": protocol,
    "@maru/sdk": sdk,
    zod,
  } = everyPackage(folder);
  const dependencies = { "@maru/core": core, "@maru/protocol": protocol, "@maru/sdk": sdk, zod };
  const manifest = { name: "with-bun", private: true, dependencies, overrides: dependencies };
  writeFileSync(join(place, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(place, "bunfig.toml"), '[install]\nregistry = "http://127.0.0.1:9/"\n');
  await orThrow([process.execPath, "install", "--ignore-scripts"], place);
  return place;
}

/** Puts the oldest zod that the packages say they work with in the place of the one that is there. */
export function useOldestZod(folder: string): void {
  rmSync(join(folder, "node_modules/zod"), { recursive: true });
  copy(installed("zod-oldest"), join(folder, "node_modules/zod"));
}

const copy = (from: string, to: string) => cpSync(from, to, { recursive: true, dereference: true });

async function orThrow(command: readonly string[], cwd: string): Promise<void> {
  const { exitCode, output } = await run(command, cwd);
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}:\n${output}`);
}

export type Platform = "node" | "browser" | "bun";

/** Where the globals come from. */
const platforms: Readonly<Record<Platform, Readonly<Record<string, unknown>>>> = {
  node: { types: ["node"], module: "nodenext" },
  browser: {
    ...{ types: [], lib: ["es2022", "dom"], module: "esnext" },
    moduleResolution: "bundler",
  },
  bun: {
    ...{ types: ["bun-types"], typeRoots: [dirname(installed("../../../node_modules/bun-types"))] },
    ...{ module: "esnext", moduleResolution: "bundler" },
  },
};

/**
 * Compiles the programs into `out` with what a stranger would set, and no more: nothing is skipped, and
 * ES2022 is all that they may use.
 */
export async function compile(
  folder: string,
  compiler: "typescript" | "typescript-5.9",
  platform: Platform,
  files: readonly string[],
): Promise<Ended> {
  const out = `out-${compiler}-${platform}`;
  const compilerOptions = {
    ...{ strict: true, lib: ["es2022"], target: "es2022", skipLibCheck: false },
    ...{ outDir: out, rewriteRelativeImportExtensions: true, ...platforms[platform] },
  };
  const config = join(folder, `${out}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  return await run([process.execPath, join(installed(compiler), "bin/tsc"), "-p", config], folder);
}
