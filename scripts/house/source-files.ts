// Finds the project's own files for the rules of the house. Reads; judges nothing.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SourceFile {
  /** Below the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Where TypeScript lives that the dependency arrows bind. */
export const houseFolders = ["packages", "apps", "examples", "bench", "prove", "scripts"];

/** Every file below the folders whose name ends so; nothing that is installed, hidden or data. */
export function listFiles(root: string, folders: readonly string[], ending: string): SourceFile[] {
  return folders.flatMap((folder) => walk(root, folder, ending)).sort(byPath);
}

function walk(root: string, folder: string, ending: string): SourceFile[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith(".") || ignored.has(entry.name)) return [];
    if (entry.isDirectory()) return walk(root, path, ending);
    if (!entry.isFile() || !entry.name.endsWith(ending)) return [];
    return [{ path, text: readFileSync(join(root, path), "utf8") }];
  });
}

const ignored = new Set(["node_modules", "maru-data", "results"]);
const byPath = (one: SourceFile, other: SourceFile) => (one.path < other.path ? -1 : 1);

/** Whether a file is a test or serves tests alone. */
export function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || /(^|\/)test\//.test(path);
}

const wholeFolders = new Set(["bench", "prove", "scripts"]);

/** The unit that a file belongs to: `packages/core`, `apps/server`, `bench`. */
export function ownerOf(path: string): string {
  const [top = "", name = ""] = path.split("/");
  return wholeFolders.has(top) ? top : `${top}/${name}`;
}
