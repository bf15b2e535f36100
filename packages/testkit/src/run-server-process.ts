// A server in a process of its own, for tests of signals, exit codes and crashes.
// Owns that process: starts it, waits for its `listening on` line, ends it by its own id.

import { withDeadline } from "./deadline.ts";

export interface ServerProcessOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** In a process group of its own, to which signals go: what a terminal does with a key. */
  readonly isJob?: boolean;
  /** Milliseconds that the start, or an end, may take. */
  readonly deadlineMs?: number;
}

export interface ServerProcess {
  readonly pid: number;
  readonly hostname: string;
  readonly port: number;
  /** What it has written so far, on both streams. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Sends it a signal and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Sends it a signal without waiting. */
  signal(signal: NodeJS.Signals): void;
}

const deadlineMsDefault = 20_000;
const listening = /^listening on (.+):(\d+)$/m;

/** Resolves when the server says, on either stream, `listening on HOST:PORT`. */
export async function runServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { command, cwd, env, isJob = false, deadlineMs = deadlineMsDefault } = options;
  const child = Bun.spawn([...command], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    detached: isJob,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env: { ...process.env, ...env } }),
  });
  const written = { stdout: "", stderr: "" };
  const ready = Promise.withResolvers<{ hostname: string; port: number }>();
  const read = async (name: "stdout" | "stderr") => {
    const decoder = new TextDecoder();
    for await (const chunk of child[name]) {
      written[name] += decoder.decode(chunk, { stream: true });
      const found = listening.exec(written[name]);
      if (found) ready.resolve({ hostname: found[1] as string, port: Number(found[2]) });
    }
  };
  const story = () => `stdout:\n${written.stdout}\nstderr:\n${written.stderr}`;
  const exited = Promise.all([child.exited, read("stdout"), read("stderr")]).then(() => {
    ready.reject(new Error(`it ended before it listened; ${story()}`));
    return child.exitCode;
  });
  const send = (signal: NodeJS.Signals) => {
    if (!isJob) return child.kill(signal);
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      // All of the group have ended.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  const end = (signal: NodeJS.Signals) => {
    send(signal);
    return withDeadline(exited, deadlineMs, () => `it did not end; ${story()}`);
  };
  try {
    const place = await withDeadline(ready.promise, deadlineMs, () => `not listening; ${story()}`);
    return {
      pid: child.pid,
      ...place,
      output: () => ({ ...written }),
      exited,
      stop: (signal = "SIGTERM") => end(signal),
      signal: send,
    };
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
}
