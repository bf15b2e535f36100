// Starts a daemon on a free loopback port, from a configuration in a directory of its own, and
// waits until it accepts: none of them says its port. Owns the directory until the daemon is stopped.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { adoptChild, endChild } from "../../harness/children.ts";
import { findFreePort } from "../../harness/find-free-port.ts";
import { readLines } from "../../harness/read-lines.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import type { RunningServer } from "../../harness/start-server.ts";
import type { Daemon } from "./daemon.ts";

const startMs = 15_000;
const stopGraceMs = 5_000;
const lookMs = 10;
const outputTailChars = 2_000;

export async function startDaemon(daemon: Daemon, program: string): Promise<RunningServer> {
  const dir = createScratchDir();
  const port = findFreePort();
  const configPath = join(dir.path, "config");
  writeFileSync(configPath, daemon.config(port, dir.path));
  const command = [program, ...daemon.args(configPath)];
  const child = adoptChild(
    Bun.spawn(command, { cwd: dir.path, stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  let tail = "";
  const keepTail = async (output: ReadableStream<Uint8Array>) => {
    for await (const line of readLines(output)) tail = `${tail}${line}\n`.slice(-outputTailChars);
  };
  const outputEnded = Promise.all([keepTail(child.stdout), keepTail(child.stderr)]);
  const stop = () => endChild(child, stopGraceMs).finally(dir.remove);
  const deadlineMs = performance.now() + startMs;
  while (!(await accepts(port))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (!hasEnded && performance.now() < deadlineMs) {
      await Bun.sleep(lookMs);
      continue;
    }
    await stop();
    await outputEnded;
    throw new Error(`${command.join(" ")} does not accept connections\n${tail}`.trim());
  }
  return {
    pid: child.pid,
    port,
    complaints: () => tail.trim(),
    stop,
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
      dir.remove();
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  try {
    const socket = { data() {} };
    (await Bun.connect({ hostname: "127.0.0.1", port, socket })).terminate();
    return true;
  } catch {
    return false;
  }
}
