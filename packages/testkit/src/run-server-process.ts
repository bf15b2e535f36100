// A server in a process of its own, for tests of signals, exit codes and crashes.
// Owns that process and, unless it is given one, its data directory: starts it without the settings of
// the person who runs the tests, waits for its `listening on` line, ends it by its own id.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Changes } from "./changes.ts";
import { deadlineMsDefault, withDeadline } from "./deadline.ts";

export interface ServerProcessOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly cwd?: string;
  /** Besides what is inherited; none of the server's own variables are. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told as MARU_DATA, and kept. Without it: a directory of its own, which goes with the process. */
  readonly data?: string;
  /** In a process group of its own, to which signals go: what a terminal does with a key. */
  readonly isJob?: boolean;
  /** Milliseconds that the start, an end, or a line that is awaited may take. */
  readonly deadlineMs?: number;
}

export interface ServerProcess {
  readonly pid: number;
  readonly hostname: string;
  readonly port: number;
  /** `HOST:PORT`, as it was printed. */
  readonly address: string;
  /** What it has written so far, on both streams. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Resolves once either stream holds the text. */
  said(text: string): Promise<void>;
  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Sends it a signal and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Sends it a signal without waiting. */
  signal(signal: NodeJS.Signals): void;
}

const listening = /^listening on (.+):(\d+)$/m;

/** Resolves when the server says, on either stream, `listening on HOST:PORT`. */
export async function runServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { isJob = false, deadlineMs = deadlineMsDefault } = options;
  const ownData = options.data === undefined ? mkdtempSync(join(tmpdir(), "maru-server-")) : null;
  const child = spawn(options, options.data ?? (ownData as string));
  const written = { stdout: "", stderr: "" };
  let hasEnded = false;
  const changes = new Changes();
  const read = async (name: "stdout" | "stderr") => {
    const decoder = new TextDecoder();
    for await (const chunk of child[name]) {
      written[name] += decoder.decode(chunk, { stream: true });
      changes.tell();
    }
  };
  const exited = Promise.all([child.exited, read("stdout"), read("stderr")]).then(() => {
    hasEnded = true;
    if (ownData !== null) rmSync(ownData, { recursive: true, force: true });
    changes.tell();
    return child.exitCode;
  });
  const story = () => `stdout:\n${written.stdout}\nstderr:\n${written.stderr}`;
  /** What `find` finds in either stream, once it does. */
  const awaited = <T>(find: (text: string) => T | null, wanted: string): Promise<T> => {
    const look = () => {
      const it = find(written.stdout) ?? find(written.stderr);
      if (it === null && hasEnded) throw new Error(`it ended, and was not ${wanted}; ${story()}`);
      return it;
    };
    return changes.found(look, () => `not ${wanted}; ${story()}`, deadlineMs);
  };
  const signal = (name: NodeJS.Signals) => send(child, isJob, name);
  const stop = (name: NodeJS.Signals = "SIGTERM") => {
    signal(name);
    return withDeadline(exited, deadlineMs, () => `it did not end; ${story()}`);
  };
  try {
    const place = await awaited((text) => listening.exec(text), "listening");
    const [hostname, port] = [place[1] as string, Number(place[2])];
    return {
      ...{ pid: child.pid, hostname, port, address: `${hostname}:${port}` },
      output: () => ({ ...written }),
      said: async (text) => {
        await awaited(
          (all) => (all.includes(text) ? text : null),
          `saying ${JSON.stringify(text)}`,
        );
      },
      ...{ exited, stop, signal },
    };
  } catch (error) {
    await stop("SIGKILL");
    throw error;
  }
}

function spawn({ command, cwd, env, isJob = false }: ServerProcessOptions, data: string) {
  const inherited = Object.entries({ ...process.env }).filter(
    ([name]) => !name.startsWith("MARU_"),
  );
  return Bun.spawn([...command], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    detached: isJob,
    ...(cwd !== undefined && { cwd }),
    env: { ...Object.fromEntries(inherited), MARU_DATA: data, ...env },
  });
}

function send(child: Bun.Subprocess, isJob: boolean, signal: NodeJS.Signals): void {
  if (!isJob) return child.kill(signal);
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // All of the group have ended.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
