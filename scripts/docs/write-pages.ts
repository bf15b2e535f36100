// Brings the generated pages and what is on disk together: writes them, or tells which differ.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "./page.ts";

/** The pages whose text on disk is not what their sources say now. */
export function stalePages(root: string, pages: readonly Page[]): Page[] {
  return pages.filter(({ path, render }) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, "utf8") !== render(root);
  });
}

/** Writes the pages that differ and returns their paths. */
export function writePages(root: string, pages: readonly Page[]): string[] {
  return stalePages(root, pages).map(({ path, render }) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), render(root));
    return path;
  });
}
