// What happens around a file that is replaced: the new one is whole before the old one goes, and one
// that no reader understands is moved aside, never deleted. Knows nothing of what is in them.

import type { Disk } from "./disk.ts";

/** Ending of a file that takes its place in a moment. */
export const whole = ".new";
/** Files of one name that stand aside; with more, a person must look at them first. */
export const asideMax = 9;

/** A problem that a person can do something about, in words for them. */
export class StoreProblem extends Error {
  override readonly name = "StoreProblem";
}

/** Moves the file to `NAME.broken-<n>`. */
export function setAside(disk: Disk, path: string): void {
  for (let number = 1; number <= asideMax; number += 1) {
    const aside = `${path}.broken-${number}`;
    if (disk.size(aside) !== null) continue;
    if (disk.size(path) !== null) disk.rename(path, aside);
    return;
  }
  throw new StoreProblem(`there are ${asideMax} files ${path}.broken-… already; remove some`);
}

/**
 * Takes up what a kill left between moving a broken file aside and putting the whole one in its
 * place. Only who holds the lock may.
 */
export function finishReplacing(disk: Disk, path: string): void {
  if (disk.size(path) === null && disk.size(`${path}${whole}`) !== null) {
    disk.rename(`${path}${whole}`, path);
  }
}
