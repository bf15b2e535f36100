// Makes the tarballs: every published package built, described and packed, in the order in which they
// depend on each other. Owns a staging folder of its own, which is gone afterwards.

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root, run } from "../child.ts";
import { build } from "./build.ts";
import { type Package, publishedPackages } from "./packages.ts";
import { publishedManifest } from "./published-manifest.ts";
import { publishedReadme } from "./published-readme.ts";

export interface Tarball {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** Writes a tarball of each package into `out`, an absolute path; others of the same name are replaced. */
export async function packPackages(out: string): Promise<readonly Tarball[]> {
  const staging = mkdtempSync(join(tmpdir(), "maru-pack-"));
  try {
    mkdirSync(out, { recursive: true });
    const tarballs: Tarball[] = [];
    for (const each of publishedPackages()) {
      const folder = join(staging, basename(each.folder));
      await stage(each, folder);
      tarballs.push({ name: each.manifest.name, path: await pack(each, folder, out) });
    }
    return tarballs;
  } finally {
    rmSync(staging, { recursive: true });
  }
}

/** A package's folder as it will be unpacked. */
async function stage(each: Package, folder: string): Promise<void> {
  mkdirSync(folder);
  const manifest = `${JSON.stringify(publishedManifest(each), null, 2)}\n`;
  writeFileSync(join(folder, "package.json"), manifest);
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  const readme = readFileSync(join(each.folder, "README.md"), "utf8");
  writeFileSync(join(folder, "README.md"), publishedReadme(readme));
  await build(each, folder);
}

async function pack({ manifest }: Package, folder: string, out: string): Promise<string> {
  const path = join(out, `${manifest.name.slice(1).replace("/", "-")}-${manifest.version}.tgz`);
  const command = [
    process.execPath,
    "pm",
    "pack",
    "--quiet",
    "--ignore-scripts",
    "--filename",
    path,
  ];
  const { ok, output } = await run(command, folder);
  if (!ok) throw new Error(`${manifest.name} can't be packed:\n${output}`);
  return path;
}
