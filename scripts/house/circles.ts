// Finds imports that lead in circles, types included: files that can only be understood together.
// Owns the search alone; which files are read, the test says.

import { posix } from "node:path";
import { importsOf } from "./imports.ts";
import type { SourceFile } from "./source-files.ts";

/** The files of each circle, sorted; circles that share a file are one (Tarjan's components). */
export function circlesIn(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const targets = ({ path, text }: SourceFile): SourceFile[] =>
    importsOf(text)
      .filter(({ specifier }) => specifier.startsWith("."))
      .flatMap(({ specifier }) => known.get(posix.join(posix.dirname(path), specifier)) ?? []);
  const circles: string[][] = [];
  /** When a file was come to; those that are in no circle any more are at infinity. */
  const order = new Map<SourceFile, number>();
  const open: SourceFile[] = [];
  const visit = (file: SourceFile): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let lowest = own;
    for (const target of targets(file)) {
      lowest = Math.min(lowest, order.get(target) ?? visit(target));
    }
    if (lowest < own) return lowest;
    const members = open.splice(open.indexOf(file));
    for (const each of members) order.set(each, Number.POSITIVE_INFINITY);
    if (members.length > 1) circles.push(members.map(({ path }) => path).sort());
    return Number.POSITIVE_INFINITY;
  };
  for (const file of files) if (!order.has(file)) visit(file);
  return circles;
}
