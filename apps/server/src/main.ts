// The server process: command line in, a running server, an orderly end. Exit codes: 0 stopped,
// 1 failed, 2 wrong usage or configuration, 7 standard output could not be written.

import { availableParallelism } from "node:os";
import { StorageError } from "@maru/chat/log-sqlite";
import { print } from "@maru/core";
import { onStopSignals, startTimer } from "@maru/protocol";
import { ConfigError } from "@maru/settings/load";
import manifest from "../package.json" with { type: "json" };
import { startChatServer, workersFor } from "./compose.ts";
import { parseCommandLine } from "./config/command-line.ts";
import { loadConfig } from "./config/load-config.ts";
import type { Http } from "./http/http.ts";
import { exposureWarning, listenProblem } from "./listen-problem.ts";
import { createLog } from "./logging.ts";
import { cappedConnections, connectionsFor, openFilesMax } from "./open-files.ts";
import { createLogFigures } from "./room-log.ts";

/** Clients of a stopping server come back spread over this many milliseconds. */
const reconnectWithinMs = 2_000;

const { flags, configFile, explain } = parseCommandLine(process.argv.slice(2), manifest.version);

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

/** What `start` gives; or the end of the process, with what to do about it. */
async function orExit<T>(
  start: () => T | Promise<T>,
  place: Parameters<typeof listenProblem>[0],
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof StorageError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    }
    process.stderr.write(`${listenProblem(place, error)}\n`);
    process.exit(1);
  }
}

let exitCode = 0;

/** To go on with a damaged database would make it worse, and to answer from it would be to guess. */
function storageEnded(sentence: string, kind: "damaged" | "lost"): void {
  process.stderr.write(`${sentence}\n`);
  if (kind === "damaged") process.exit(1);
  exitCode = 1;
  http?.drain();
  startTimer(config.lostMs, () => void stop("none: the storage is lost"));
}

/** Loaded for who wants to learn from it: everyone else's server runs without it. */
async function startExplaining(wanted: string | null) {
  const { startExplaining: start } = await import("./explain/explain.ts");
  const explaining = start(wanted);
  process.on("exit", () => explaining.end());
  return explaining;
}

const explaining = explain === undefined ? null : await startExplaining(explain);
const figures = createLogFigures();
let http: Http | null = null;
const server = await orExit(
  () => startChatServer(config, `maru/${manifest.version}`, log, storageEnded, figures, explaining),
  { host: config.host, port: config.port, portFlag: "--port" },
);
const { httpPort } = config;
if (httpPort !== "off") {
  // Loaded where it is wanted: the metrics' library takes as long as a tenth of the start.
  const { startHttp } = await import("./http/http.ts");
  http = await orExit(() => startHttp(httpPort, server, figures), {
    host: "127.0.0.1",
    port: httpPort,
    portFlag: "--http-port",
  });
}

let isStopping = false;
async function stop(signal: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log("info", "server.stopping", { signal });
  http?.drain();
  await server.stop({ reconnectWithinMs });
  http?.stop();
  log("info", "server.stopped");
  process.exit(exitCode);
}
onStopSignals(process, ["SIGINT", "SIGTERM"], {
  stop: (signal) => void stop(signal),
  insist: () => process.exit(1),
});

const shownHost = server.hostname.includes(":") ? `[${server.hostname}]` : server.hostname;
// Who started it may know the port by this line alone.
print(`listening on ${shownHost}:${server.port}\n`);
log("info", "server.started", {
  host: server.hostname,
  port: server.port,
  workers: workersFor(config.workers, availableParallelism()),
  maxConnections: connectionsFor(config.maxConnections, openFilesMax()),
  durability: config.durability,
});
const warning = exposureWarning(config.host);
if (warning !== null) log("warn", "server.exposed", { host: config.host, warning });
const capped = cappedConnections(config.maxConnections, openFilesMax());
if (capped !== null) log("warn", "server.connections-capped", { warning: capped });
if (http !== null) log("info", "http.started", { port: http.port });
