// Whether a daemon is installed, where, and in which version. Reads only.

import type { Daemon } from "./daemon.ts";

/** Daemons live where the path of a plain user seldom leads. */
const programDirs = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Path of its program, or undefined where it isn't installed. */
export function findDaemon({ program }: Daemon): string | undefined {
  const found = Bun.which(program) ?? Bun.which(program, { PATH: programDirs.join(":") });
  return found ?? undefined;
}

/** The first number with dots in what it says of itself. */
export function daemonVersion({ versionFlag }: Daemon, program: string): string {
  const { stdout, stderr } = Bun.spawnSync([program, versionFlag]);
  return /\d+\.\d[\w.+-]*/.exec(`${stdout}${stderr}`)?.[0].replace(/-.*$/, "") ?? "unknown";
}
