// The server process: command line in, a running server, an orderly end. Exit codes: 0 stopped,
// 1 failed, 2 wrong usage or configuration.

import manifest from "../package.json" with { type: "json" };
import { startChatServer } from "./compose.ts";
import { parseCommandLine } from "./config/command-line.ts";
import { ConfigError, loadConfig } from "./config/load-config.ts";
import { startHttp } from "./http/http.ts";
import { createLog } from "./logging.ts";

/** Clients of a stopping server come back spread over this many milliseconds. */
const reconnectWithinMs = 2_000;

const { flags, configFile } = parseCommandLine(process.argv.slice(2), manifest.version);

function configure() {
  try {
    return loadConfig(flags, configFile);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n(--help lists the settings)\n`);
    process.exit(2);
  }
}

const config = configure();
const log = createLog({ level: config.logLevel, format: config.logFormat });

async function start() {
  try {
    const server = await startChatServer(config, `maru/${manifest.version}`, log);
    const http = startHttp(config.httpPort, server);
    return { server, http };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const inUse = code === "EADDRINUSE" || /EADDRINUSE|in use/.test(message);
    const hint = inUse ? "; is a server running there already? --port 0 picks a free port" : "";
    process.stderr.write(`can't serve on ${config.host}:${config.port}: ${message}${hint}\n`);
    process.exit(1);
  }
}

const { server, http } = await start();

let isStopping = false;
async function stop(signal: string): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  log("info", "server.stopping", { signal });
  http?.drain();
  await server.stop({ reconnectWithinMs });
  http?.stop();
  log("info", "server.stopped");
  process.exit(0);
}
process.on("SIGINT", () => void stop("SIGINT"));
process.on("SIGTERM", () => void stop("SIGTERM"));

const shownHost = server.hostname.includes(":") ? `[${server.hostname}]` : server.hostname;
process.stdout.write(`listening on ${shownHost}:${server.port}\n`);
log("info", "server.started", { port: server.port, durability: config.durability });
