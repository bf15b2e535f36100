// What a server that the system's package manager installs tells of itself, so that one file can
// start them all. Knows none of them.

import type { Dialect } from "../candidate.ts";

export interface Daemon {
  readonly dialect: Dialect;
  /** Of Debian, and of those that take after it. */
  readonly package: string;
  readonly program: string;
  /** Prints the version, somewhere in its first lines. */
  readonly versionFlag: string;
  /** Longer texts don't fit into its protocol; absent: whatever the generator can say does. */
  readonly textBytesMax?: number;
  /** What follows the program, given the path of its configuration. */
  args(configPath: string): readonly string[];
  /**
   * As its documentation recommends for production, with the limits off that would cut a benchmark
   * short. `dir` is its own, and empty but for the configuration.
   */
  config(port: number, dir: string): string;
}
