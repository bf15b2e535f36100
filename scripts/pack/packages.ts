// Which packages are published, and what of each is for others: read from their own package.json.
// Owns the list and the reasons; changes nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../child.ts";

/** What others build on; what these depend on is published with them. */
const wanted = ["@maru/protocol", "@maru/core", "@maru/chat", "@maru/sdk"];

/** Subpaths that stay at home, each with its reason. */
export const keptBack: Readonly<Record<string, string>> = {
  "@maru/protocol/golden": "our fixtures of the wire, which lie among the tests",
  "@maru/core/simulation":
    "the engine's inner parts for our own simulation, which change when they do",
};

/** A file below the package's folder, or one for each condition. */
export type Target = string | { readonly [condition: string]: Target };
type Versions = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Versions;
  readonly sideEffects: false;
  readonly exports: Readonly<Record<string, Target>>;
  readonly imports?: Readonly<Record<string, Target>>;
  readonly dependencies?: Versions;
  readonly peerDependencies?: Versions;
}

export interface Package {
  /** Its folder, absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** What of the workspace it depends on, itself or through another: before it in the list. */
  readonly siblings: readonly Package[];
}

/** Every package that is published, each behind those that it depends on. */
export function publishedPackages(): readonly Package[] {
  const found = new Map<string, Package>();
  for (const name of wanted) find(name, found);
  return [...found.values()];
}

function find(name: string, found: Map<string, Package>): Package {
  const known = found.get(name);
  if (known !== undefined) return known;
  const folder = join(root, "packages", name.replace("@maru/", ""));
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const direct = Object.entries(manifest.dependencies ?? {})
    .filter(([, version]) => version.startsWith("workspace:"))
    .map(([sibling]) => find(sibling, found));
  const siblings = [...new Set(direct.flatMap((each) => [...each.siblings, each]))];
  const itself = { folder, manifest, siblings };
  found.set(name, itself);
  return itself;
}

/** Whether it runs on Bun alone, and so needs no JavaScript of its own. */
export const isForBunAlone = ({ engines }: Manifest): boolean => engines.node === undefined;

/** Subpaths as the package names them, for others; those of our own tests are left out. */
export function publicExports({ name, exports }: Manifest): readonly (readonly [string, Target])[] {
  return Object.entries(exports).filter(([path]) => !(`${name}${path.slice(1)}` in keptBack));
}

/** The files behind a target, in every condition. */
export function filesOf(target: Target): readonly string[] {
  return typeof target === "string" ? [target] : Object.values(target).flatMap(filesOf);
}
