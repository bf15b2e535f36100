// What the figures were taken on: without it, a result is a rumour. Reads only.

import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { compilerVersion } from "./compile-c.ts";
import { rootDir } from "./places.ts";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Those that the bench and all that it starts may use: with fewer, every figure is another. */
  readonly coresAllowed: string;
  readonly memoryBytes: number;
  readonly kernel: string;
  /** TCP's congestion control: it paces even loopback. */
  readonly congestionControl: string;
  readonly bun: string;
  readonly compiler: string | undefined;
  readonly commit: string;
  /** Whether the tree differs from the commit. */
  readonly modified: boolean;
  /** Over the last minute, before the benchmark began. */
  readonly loadAverage: number;
}

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model ?? "unknown",
    cores: cores.length,
    coresAllowed: /^Cpus_allowed_list:\s*(.*)$/m.exec(read("/proc/self/status"))?.[1] ?? "unknown",
    memoryBytes: totalmem(),
    kernel: release(),
    congestionControl: read("/proc/sys/net/ipv4/tcp_congestion_control"),
    bun: Bun.version,
    compiler: compilerVersion(),
    commit: git("rev-parse", "--short=12", "HEAD") || "none",
    modified: git("status", "--porcelain") !== "",
    loadAverage: loadavg()[0] ?? 0,
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "unknown";
  }
}

function git(...args: string[]): string {
  // Without optional locks, even `status` leaves the repository as it is.
  const result = Bun.spawnSync(["git", "--no-optional-locks", ...args], { cwd: rootDir });
  return result.exitCode === 0 ? result.stdout.toString().trim() : "";
}
