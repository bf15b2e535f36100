// Builds one package by tsc alone, in a folder where its siblings already stand as others will get
// them: what does not resolve or type-check here would not at its users'.
// Owns the node_modules beside them, and what it writes below the package's `dist` and `src`.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { root, run, tsc } from "../child.ts";
import { needsBunModule } from "./needs-bun.ts";
import { filesOf, isForBunAlone, type Package, publicExports } from "./packages.ts";
import { built, needsBunFile } from "./published-manifest.ts";

/** Writes `src` and `dist` into `folder`; the packages that it depends on are built beside it. */
export async function build(each: Package, folder: string): Promise<void> {
  const entries = entriesOf(each);
  cpSync(join(each.folder, "src"), join(folder, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts"),
  });
  linkWhatItImports(each, folder);
  const config = join(folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify(tsconfig(each, entries)));
  const { ok, output } = await run(tsc("-p", config), folder);
  if (!ok) throw new Error(`tsc can't build ${each.manifest.name}:\n${output}`);
  rmSync(config);
  dropWhatNoEntryReaches(folder);
  if (isForBunAlone(each.manifest)) {
    writeFileSync(join(folder, needsBunFile), needsBunModule(each.manifest, folder, entries));
  }
}

/** The sources that its exports and its own `#imports` lead to. */
export function entriesOf({ manifest }: Package): readonly string[] {
  const targets = [
    ...publicExports(manifest).map(([, target]) => target),
    ...Object.values(manifest.imports ?? {}),
  ];
  return [...new Set(targets.flatMap(filesOf))];
}

function tsconfig({ manifest }: Package, entries: readonly string[]) {
  return {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      rootDir: "src",
      outDir: "dist",
      noEmit: false,
      emitDeclarationOnly: isForBunAlone(manifest),
      // Syntax that Node 20 and today's browsers run: a regular expression's `v` is the newest.
      target: "ES2024",
      rewriteRelativeImportExtensions: true,
      declaration: true,
      declarationMap: true,
      sourceMap: !isForBunAlone(manifest),
    },
    files: entries,
  };
}

/** Siblings from the staging area, everything else from where the package itself finds it. */
function linkWhatItImports({ folder: home, manifest }: Package, folder: string): void {
  const modules = join(dirname(folder), "node_modules");
  const link = (name: string, target: string) => {
    const path = join(modules, name);
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  };
  link(manifest.name, folder);
  link("bun-types", join(root, "node_modules", "bun-types"));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    link(name, join(home, "node_modules", name));
  }
}

/** A source without declarations was not part of the program: it serves our own tests. */
function dropWhatNoEntryReaches(folder: string): void {
  for (const path of readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const source = `./src/${path}`;
    if (!existsSync(join(folder, built(source, ".d.ts")))) rmSync(join(folder, source));
  }
}
