// The one starter of servers: a process of its own on a free loopback port, ended with the bench.
// Ours and the scripts say `listening on HOST:PORT`; a daemon, which doesn't, is dialled until it
// accepts. Also Maru as its users start it, and what it counts of itself. Not testkit's starter, which
// knows Maru alone and awaits what a test asks of its output: here others' servers are measured, too.

import type { Subprocess } from "bun";
import { adoptChild, endChild, flagWords, readLines } from "./children.ts";
import { entryIn, rootDir } from "./places.ts";

const startMs = 15_000;
const stopGraceMs = 5_000;
const dialEveryMs = 10;
const outputTailChars = 2_000;

export interface ServerCommand {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Where it will accept; absent: it says so itself. */
  readonly port?: number;
}

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** The last of what it said. */
  complaints(): string;
  /** SIGTERM, then SIGKILL after 5 s; resolves to the exit code. */
  stop(): Promise<number>;
  /** SIGKILL: it gets to do nothing more. */
  kill(): Promise<void>;
}

export async function startServer(start: ServerCommand): Promise<RunningServer> {
  const { command, cwd } = start;
  const child = adoptChild(
    Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  const output = readOutput(child);
  const deadline = setTimeout(() => child.kill("SIGKILL"), startMs);
  const port = await (start.port === undefined ? output.port : untilAccepting(child, start.port));
  clearTimeout(deadline);
  if (port === undefined) {
    await endChild(child, stopGraceMs);
    await output.ended;
    throw new Error(`${command.join(" ")} does not listen\n${output.tail()}`.trim());
  }
  return {
    pid: child.pid,
    port,
    complaints: output.tail,
    stop: () => endChild(child, stopGraceMs),
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** Reads to the end, so that no pipe ever fills; `port` resolves as soon as it is said. */
function readOutput(child: Subprocess<"ignore", "pipe", "pipe">) {
  const { promise: port, resolve } = Promise.withResolvers<number | undefined>();
  let tail = "";
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (const line of readLines(stream)) {
      const said = /^listening on .*:(\d+)$/.exec(line)?.[1];
      if (said !== undefined) resolve(Number(said));
      else tail = `${tail}${line}\n`.slice(-outputTailChars);
    }
  };
  const outputEnded = read(child.stdout).then(() => resolve(undefined));
  const ended = Promise.all([outputEnded, read(child.stderr)]);
  return { port, ended, tail: () => tail.trim() };
}

/** The port; undefined where the process ends before. */
async function untilAccepting(child: Subprocess, port: number): Promise<number | undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const socket = { data() {} };
      (await Bun.connect({ hostname: "127.0.0.1", port, socket })).terminate();
      return port;
    } catch {
      await Bun.sleep(dialEveryMs);
    }
  }
  return undefined;
}

/** Free a moment ago; nothing keeps it free. */
export function findFreePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

export type Flags = Readonly<Record<string, string>>;

/**
 * `flags` by name without dashes; `data` must be among them unless nothing is kept. `tree` is the
 * root of the repository that it is started from: this one, or another commit's.
 */
export async function startMaru(flags: Flags, tree = rootDir): Promise<RunningServer> {
  const words = flagWords({ port: "0", "log-level": "warn", ...flags });
  return startServer({ command: [process.execPath, entryIn(tree, "server"), ...words], cwd: tree });
}

/** A figure of Maru's /metrics, 0 where it isn't there; `name` as it stands, labels too. */
export async function readMetric(httpPort: number, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${httpPort}/metrics`);
  const lines = (await response.text()).split("\n");
  const line = lines.find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}
