// That a disk takes nothing is told once, and once more when it does again. Owns that it was told; never
// hides an error that is not the disk's.

import { StoreProblem } from "./aside.ts";
import { codeOf } from "./disk.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your quota of the disk is used up",
  EROFS: "the disk is read-only",
  EACCES: "the permission is missing",
  EPERM: "the permission is missing",
  EIO: "the disk fails",
};

export class DiskFault {
  readonly #tell: (failure: string | null) => void;
  #isTold = false;
  /** The first failure since the last report. */
  #failure: string | null = null;

  /** `tell` hears why, in a clause: "the disk is full"; null: it takes everything again. */
  constructor(tell: (failure: string | null) => void) {
    this.#tell = tell;
  }

  /** Whether `run` was done; a failure of the disk is remembered, any other one thrown on. */
  attempt(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      if (!(error instanceof StoreProblem) && codeOf(error) === "") throw error;
      this.#failure ??= reasonOf(error);
      return false;
    }
  }

  /** Says what has changed since the last report. */
  report(): void {
    const failure = this.#failure;
    this.#failure = null;
    if ((failure !== null) === this.#isTold) return;
    this.#isTold = failure !== null;
    this.#tell(failure);
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return reasons[codeOf(error)] ?? message;
}
