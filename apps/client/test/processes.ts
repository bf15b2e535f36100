// The real programs as processes: a server of one's own, and clients of it.
// Owns them until the test is over, and ends each by itself.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerProcess, type ServerProcess } from "@maru/testkit";

const root = join(import.meta.dir, "../../..");
/** The program that `bun run client` runs. */
export const clientMain = join(root, "apps/client/src/main.ts");
export const serverMain = join(root, "apps/server/src/main.ts");

const stateHome = mkdtempSync(join(tmpdir(), "maru-state-"));
process.on("exit", () => rmSync(stateHome, { recursive: true, force: true }));

/** Without what the person who runs the tests has set up for themselves. */
export const clientEnvironment = {
  ...Bun.env,
  MARU_CONFIG: "",
  MARU_NICK: "",
  MARU_SERVER: "",
  XDG_CONFIG_HOME: join(import.meta.dir, "none"),
  XDG_STATE_HOME: stateHome,
};

const servers = new Set<ServerProcess>();
const running = new Set<Bun.Subprocess>();
/**
 * Ends what the tests of a file have started. Each file hooks it in itself: a hook in a module that
 * several files import is the first one's alone.
 */
export async function endProcesses(): Promise<void> {
  await Promise.all([...servers].map((server) => server.stop("SIGKILL")));
  for (const process of running) process.kill("SIGKILL");
  await Promise.all([...running].map((process) => process.exited));
}

function remember<P extends Bun.Subprocess>(process: P): P {
  running.add(process);
  void process.exited.then(() => running.delete(process));
  return process;
}

/** A server on a port of its choice, or on `port`. */
export async function startServer(port = 0, ...flags: string[]): Promise<ServerProcess> {
  const place = ["--port", String(port), "--http-port", "off", "--log-level", "error"];
  const command = [process.execPath, serverMain, ...place, "--durability", "memory", ...flags];
  const server = await runServerProcess({ command });
  servers.add(server);
  void server.exited.then(() => servers.delete(server));
  return server;
}

/** Collects a stream, and tells when it has come to hold a text. */
class Collected {
  readonly ended: Promise<void>;
  readonly #chunks: Uint8Array[] = [];
  #waiters: { text: string; resolve: () => void }[] = [];

  constructor(stream: ReadableStream<Uint8Array>) {
    this.ended = this.#collect(stream);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  holds(text: string): Promise<void> {
    if (this.bytes.includes(text)) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ text, resolve }));
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of stream) {
      this.#chunks.push(chunk);
      // A text may have come in two chunks, never in three: they are larger than any text asked for.
      const recent = Buffer.concat(this.#chunks.slice(-2));
      for (const { resolve } of this.#waiters.filter(({ text }) => recent.includes(text)))
        resolve();
      this.#waiters = this.#waiters.filter(({ text }) => !recent.includes(text));
    }
  }
}

export interface Finished {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

export interface RunningClient {
  readonly process: Bun.Subprocess<"pipe", "pipe", "pipe">;
  /** Resolves once standard error holds `text`. */
  said(text: string): Promise<void>;
  /** Resolves once standard output holds `text`. */
  printed(text: string): Promise<void>;
  finished(): Promise<Finished>;
}

/** A client process with pipes; `server` becomes its MARU_SERVER. */
export function startClient(server: string, ...args: string[]): RunningClient {
  const child = remember(
    Bun.spawn([process.execPath, clientMain, ...args], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      env: { ...clientEnvironment, MARU_SERVER: server, NO_COLOR: "1" },
    }),
  );
  const out = new Collected(child.stdout);
  const err = new Collected(child.stderr);
  return {
    process: child,
    said: (text) => err.holds(text),
    printed: (text) => out.holds(text),
    async finished() {
      const [code] = await Promise.all([child.exited, out.ended, err.ended]);
      return { code, out: out.bytes, err: err.bytes.toString() };
    },
  };
}

/** Runs a client to its end with `input` on its standard input. */
export async function runClient(
  server: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<Finished & { readonly text: string }> {
  const client = startClient(server, ...args);
  client.process.stdin.write(input);
  await client.process.stdin.end();
  const finished = await client.finished();
  return { ...finished, text: finished.out.toString() };
}
