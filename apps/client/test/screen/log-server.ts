// A server with a log on disk, that can be stopped, killed, and started again at the same place.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerProcess, type ServerProcess } from "@maru/testkit";
import { serverMain } from "../processes.ts";

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
  #process: ServerProcess | null = null;

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
    const log = ["--durability", "fsync", "--port", String(this.port)];
    const quiet = ["--http-port", "off", "--log-level", "error", "--send-rate", "0"];
    const command = [process.execPath, serverMain, ...log, ...quiet];
    this.#process = await runServerProcess({ command, data: this.directory });
    this.port = this.#process.port;
  }

  async stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    await this.#process?.stop(signal);
    this.#process = null;
  }
}
