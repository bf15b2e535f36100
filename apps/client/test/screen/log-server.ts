// A server with a log on disk, that can be stopped, killed, and started again at the same place.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const serverMain = join(import.meta.dir, "../../../server/src/main.ts");
const servers = new Set<LogServer>();

export async function endLogServers(): Promise<void> {
  for (const server of servers) {
    await server.stop("SIGKILL");
    rmSync(server.directory, { recursive: true, force: true });
  }
  servers.clear();
}

export class LogServer {
  readonly directory = mkdtempSync(join(tmpdir(), "maru-log-"));
  port = 0;
  #process: Bun.Subprocess<"ignore", "pipe", "inherit"> | null = null;

  static async start(): Promise<LogServer> {
    const server = new LogServer();
    servers.add(server);
    await server.start();
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** At the port that it had before. */
  async start(): Promise<void> {
    const log = ["--durability", "fsync", "--data", this.directory];
    const quiet = ["--http-port", "off", "--log-level", "error", "--send-rate", "0"];
    const place = ["--port", String(this.port)];
    this.#process = Bun.spawn([process.execPath, serverMain, ...place, ...log, ...quiet], {
      stdin: "ignore",
      stdout: "pipe",
      stderr: "inherit",
    });
    let said = "";
    const decoder = new TextDecoder();
    for await (const chunk of this.#process.stdout) {
      said += decoder.decode(chunk, { stream: true });
      const [, port] = /listening on .*:(\d+)/.exec(said) ?? [];
      if (port === undefined) continue;
      this.port = Number(port);
      return;
    }
    throw new Error(`the server ended without a line: ${said}`);
  }

  async stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    this.#process?.kill(signal);
    await this.#process?.exited;
    this.#process = null;
  }
}
