// From configuration to a running server: the composition of engine, chat and log, and nothing else.

import { availableParallelism } from "node:os";
import { createChatService } from "@maru/chat";
import { defaultLimits, type EngineLimits, type Log, type Server, startServer } from "@maru/core";
import { type CommandType, chatProtocol, textBytesMax } from "@maru/protocol/chat";
import { pickSettings } from "@maru/settings";
import { engineSettings } from "./config/engine-settings.ts";
import type { ServerConfig } from "./config/server-config.ts";
import type { Explaining } from "./explain/explain.ts";
import { isLoopback } from "./listen-problem.ts";
import { connectionsFor, openFilesMax } from "./open-files.ts";
import { createLogFigures, createRoomLog, type LogFigures } from "./room-log.ts";

/** Connections of one address where any machine may connect: a school behind one address still fits. */
const perAddressOffLoopback = 256;
/** More shards than this have not been measured to help. */
const workersAutoMax = 8;
/** With fewer cores than this the hop between threads costs more than the second thread brings. */
const coresForWorkers = 3;

export function workersFor(wanted: number | "auto", cores: number): number {
  if (wanted !== "auto") return wanted;
  return cores < coresForWorkers ? 0 : Math.min(workersAutoMax, cores - 1);
}

export function limitsFor(
  config: ServerConfig,
  filesMax: number,
): Partial<EngineLimits<CommandType>> {
  const perIp = config.maxConnectionsPerIp;
  const perIpAuto = isLoopback(config.host) ? 0 : perAddressOffLoopback;
  return {
    ...pickSettings(engineSettings, config),
    helloFrameBytes: Math.min(defaultLimits.helloFrameBytes, config.frameBytes),
    maxConnections: connectionsFor(config.maxConnections, filesMax),
    maxConnectionsPerIp: perIp === "auto" ? perIpAuto : perIp,
    rates: [
      { types: ["send"], perSecond: config.sendRate, burst: config.sendBurst },
      { types: ["mark"], perSecond: config.markRate, burst: config.markBurst },
      { perSecond: config.commandRate, burst: config.commandBurst },
    ],
  };
}

function createToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}

export async function startChatServer(
  config: ServerConfig,
  server: string,
  log: Log,
  onEnded: (sentence: string, kind: "damaged" | "lost") => void,
  figures: LogFigures = createLogFigures(),
  explaining: Explaining | null = null,
): Promise<Server> {
  const roomLog = createRoomLog(config, log, onEnded, figures);
  const service = createChatService({
    config: {
      ...config,
      server,
      textBytes: textBytesMax,
      // What a closing connection asked is answered while it drains.
      holdMs: Math.min(config.holdMs, config.drainMs),
      createToken,
    },
    log: explaining?.log(roomLog) ?? roomLog,
  });
  return startServer({
    protocol: chatProtocol,
    service: explaining?.service(service) ?? service,
    listen: { hostname: config.host, port: config.port },
    workers: workersFor(config.workers, availableParallelism()),
    shard: explaining?.shard ?? new URL("./shard.ts", import.meta.url),
    observer: explaining?.observer,
    limits: limitsFor(config, openFilesMax()),
    log,
  });
}
