// Starts a server on a free loopback port and ends it again. Every server of the bench, ours and
// the peers, says `listening on HOST:PORT` on its first line of output; that is all it must share.

import { adoptChild, endChild } from "./children.ts";
import { readLines } from "./read-lines.ts";

const startMs = 15_000;
const stopGraceMs = 5_000;
const stderrTailChars = 2_000;

export interface ServerCommand {
  readonly command: readonly string[];
  readonly cwd: string;
}

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** The last of what it said on standard error. */
  complaints(): string;
  /** SIGTERM, then SIGKILL after 5 s; resolves to the exit code. */
  stop(): Promise<number>;
  /** SIGKILL: it gets to do nothing more. */
  kill(): Promise<void>;
}

export async function startServer({ command, cwd }: ServerCommand): Promise<RunningServer> {
  const child = adoptChild(
    Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  let tail = "";
  void (async () => {
    for await (const line of readLines(child.stderr)) {
      tail = `${tail}${line}\n`.slice(-stderrTailChars);
    }
  })();
  const deadline = setTimeout(() => child.kill("SIGKILL"), startMs);
  const port = await portOf(child.stdout);
  clearTimeout(deadline);
  if (port === undefined) {
    await endChild(child, stopGraceMs);
    throw new Error(`${command.join(" ")} did not say where it listens\n${tail}`.trim());
  }
  return {
    pid: child.pid,
    port,
    complaints: () => tail.trim(),
    stop: () => endChild(child, stopGraceMs),
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** Reads the output to its end, so that the pipe never fills; resolves as soon as the port is said. */
function portOf(output: ReadableStream<Uint8Array>): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  void (async () => {
    for await (const line of readLines(output)) {
      const port = /^listening on .*:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    }
    resolve(undefined);
  })();
  return promise;
}
