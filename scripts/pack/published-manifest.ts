// The package.json inside a tarball, made of the workspace's: what Bun runs as it was written, what
// others run, and the types of both. Pure.

import {
  isForBunAlone,
  type Manifest,
  type Package,
  publicExports,
  type Target,
} from "./packages.ts";

/** What an entry of a package for Bun alone leads others to: it says so, and does nothing else. */
export const needsBunFile = "./dist/needs-bun.js";

/** `./src/a/b.ts` as it is called once it is built, with another ending. */
export function built(source: string, ending: ".js" | ".d.ts"): string {
  if (!/^\.\/src\/.+\.ts$/.test(source)) throw new Error(`${source} is no source below ./src`);
  return source.replace(/^\.\/src\//, "./dist/").replace(/\.ts$/, ending);
}

export function publishedManifest({ manifest, siblings }: Package): Record<string, unknown> {
  const { name, version, description, license, engines, sideEffects } = manifest;
  const lead = (target: Target): Target => published(target, isForBunAlone(manifest));
  const leadAll = (table: readonly (readonly [string, Target])[]) =>
    Object.fromEntries(table.map(([path, target]) => [path, lead(target)]));
  return {
    ...{ name, version, description, license, type: "module", engines, sideEffects },
    files: ["src", "dist"],
    exports: { ...leadAll(publicExports(manifest)), "./package.json": "./package.json" },
    ...(manifest.imports !== undefined && { imports: leadAll(Object.entries(manifest.imports)) }),
    ...unlessEmpty("dependencies", exactDependencies(manifest, siblings)),
    ...unlessEmpty(
      "peerDependencies",
      peersOf([manifest, ...siblings.map((each) => each.manifest)]),
    ),
  };
}

/** Conditions are tried in this order; `types` stands before what runs, as TypeScript wants it. */
function published(target: Target, isForBun: boolean): Target {
  if (typeof target !== "string") {
    const each = Object.entries(target).map(([condition, inner]) => [
      condition,
      published(inner, isForBun),
    ]);
    return Object.fromEntries(each);
  }
  return {
    types: built(target, ".d.ts"),
    bun: target,
    default: isForBun ? needsBunFile : built(target, ".js"),
  };
}

/** A sibling in the very version that it was built beside. */
function exactDependencies(manifest: Manifest, siblings: readonly Package[]) {
  const versions = new Map(siblings.map(({ manifest: { name, version } }) => [name, version]));
  return Object.fromEntries(
    Object.entries(manifest.dependencies ?? {}).map(([name, version]) => [
      name,
      versions.get(name) ?? version,
    ]),
  );
}

/** A sibling's peers too: they must be there for it, and be the same for both. */
function peersOf(manifests: readonly Manifest[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...manifests.map(({ peerDependencies }) => peerDependencies ?? {}));
}

const unlessEmpty = (field: string, table: Readonly<Record<string, string>>) =>
  Object.keys(table).length === 0 ? {} : { [field]: table };
