// The server as its users run it, over many deaths: a process of its own that always comes back on the
// same port and the same data. Owns the process and the directory; what ends it is always its own id.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runServerProcess, type ServerProcess } from "@maru/testkit";

export interface ServerLifeOptions {
  /** `memory` keeps nothing: to see that a loss is found. */
  readonly durability: "fsync" | "os" | "memory";
  readonly workers: number;
  /** Further flags of the server. */
  readonly flags?: readonly string[];
}

const root = resolve(import.meta.dir, "../..");
const main = join(root, "apps/server/src/main.ts");
/**
 * Below the ports that a system gives to clients: one that keeps dialling a port of its own range while
 * no server listens there meets itself sooner or later, and then has the port.
 */
const ports = { from: 20_000, to: 32_000 };
const portTriesMax = 20;

export class ServerLife {
  readonly data = mkdtempSync(join(tmpdir(), "maru-prove-"));
  readonly #options: ServerLifeOptions;
  #port = 0;
  #server: ServerProcess | null = null;
  /** Milliseconds of `performance.now` at the last start. */
  #startedAt = 0;

  private constructor(options: ServerLifeOptions) {
    this.#options = options;
  }

  /** With an empty data directory, on a port of its own. */
  static async begin(options: ServerLifeOptions): Promise<ServerLife> {
    const life = new ServerLife(options);
    for (let attempt = 1; ; attempt += 1) {
      life.#port = ports.from + Math.floor(Math.random() * (ports.to - ports.from));
      try {
        await life.start();
        return life;
      } catch (error) {
        const isTaken = error instanceof Error && error.message.includes("the port is taken");
        if (isTaken && attempt < portTriesMax) continue;
        await life.end();
        throw error;
      }
    }
  }

  get port(): number {
    return this.#port;
  }

  get upMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Rejects, with all that the server wrote, when it doesn't come up. */
  async start(): Promise<void> {
    this.#server = await runServerProcess({ command: this.#command, cwd: root, data: this.data });
    this.#startedAt = performance.now();
  }

  /** kill -9, now; resolves when the process is gone. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.stop("SIGKILL");
  }

  /**
   * A start that never gets to its end: killed so many milliseconds after its first instruction, which
   * is mostly before it says the port that `runServerProcess` waits for.
   */
  async startAndKill(afterMs: number): Promise<void> {
    const child = Bun.spawn(this.#command, {
      cwd: root,
      env: { ...process.env, MARU_DATA: this.data },
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
    await child.exited;
    clearTimeout(timer);
  }

  /** Ends the process, and removes the data. */
  async end(): Promise<void> {
    try {
      await this.kill();
    } finally {
      rmSync(this.data, { recursive: true, force: true });
    }
  }

  get #command(): string[] {
    const { durability, workers, flags = [] } = this.#options;
    const where = ["--port", `${this.#port}`];
    const how = ["--durability", durability, "--workers", `${workers}`, "--send-rate", "0"];
    const unlimited = [
      "inbound-rate-bytes",
      "work-rate-us",
      "fanout-rate-bytes",
      "unanswered-per-minute",
      "new-room-rate",
      "new-room-rate-per-ip",
      "mark-rate",
    ].flatMap((flag) => [`--${flag}`, "0"]);
    return [process.execPath, main, ...where, ...how, ...unlimited, ...flags];
  }
}
