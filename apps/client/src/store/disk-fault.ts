// What the person is told of a disk that does not take what is typed: once, and once when it does
// again. Owns that it was told; never hides an error that is not the disk's.

import { codeOf, StoreProblem } from "@maru/tui/files";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your quota of the disk is used up",
  EROFS: "the disk is read-only",
  EACCES: "the permission is missing",
  EPERM: "the permission is missing",
  EIO: "the disk fails",
};

export class DiskFault {
  readonly #directory: string;
  readonly #tell: (text: string) => void;
  #isTold = false;
  /** The first failure since the last report. */
  #failure: string | null = null;

  constructor(directory: string, tell: (text: string) => void) {
    this.#directory = directory;
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
    if (failure === null) return this.#tell("What you type is kept on disk again.");
    const then = "It is tried again with each change.";
    this.#tell(`What you type is not kept on disk: ${failure} (${this.#directory}). ${then}`);
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return reasons[codeOf(error)] ?? message;
}
