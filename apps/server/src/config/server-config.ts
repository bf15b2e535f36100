// Everything that can be set about a server: one schema, from which the command line, the
// environment, the file, `--help` and docs/configuration.md all derive.
// A key `maxConnections` is the flag --max-connections, the variable MARU_MAX_CONNECTIONS and the
// file's key `max-connections`.

import { chatSettings } from "@maru/chat/settings";
import { heartbeatMsMax, heartbeatMsMin } from "@maru/protocol";
import {
  autoOr,
  count,
  listSettings,
  offOr,
  oneOf,
  port,
  type Setting as SettingRow,
  setting,
  text,
} from "@maru/settings";
import { z } from "zod";
import { storageSettings } from "./storage-settings.ts";

/** The longest that a connection may take to begin, and to end: who needs more is not there. */
const closingMsMax = 600_000;

export const ServerConfig = z.strictObject({
  host: setting(text().default("127.0.0.1"), {
    description: "address to listen on; 0.0.0.0 or :: for every one",
    value: "HOST",
    section: "Serving",
  }),
  port: setting(port.default(7667), {
    description: "port to listen on; 0 picks a free one",
    value: "N",
    section: "Serving",
  }),
  workers: setting(autoOr(count(0, 64)).default("auto"), {
    description: "threads that own sockets; 0 = everything on one thread; auto: by the cores",
    value: "N|auto",
    section: "Serving",
  }),
  tls: setting(text().default("off"), {
    description: "this version has off alone",
    value: "off|auto|CERT,KEY",
    section: "Serving",
  }),
  cluster: setting(text().optional(), {
    description: "not in this version",
    value: "nats://HOST:PORT",
    section: "Serving",
  }),

  maxConnections: setting(autoOr(count(0)).default("auto"), {
    description:
      "connections in all; 0 or auto: what the limit of open files allows, less a reserve",
    value: "N|auto",
    section: "Limits",
  }),
  maxConnectionsPerIp: setting(autoOr(count(0)).default("auto"), {
    description:
      "connections of one address (IPv6: one /64); 0 = no limit; auto: 0 on loopback, else 256",
    value: "N|auto",
    section: "Limits",
  }),
  sendRate: setting(count(0).default(4_000), {
    description: "messages per second of one session in the long run; 0 = no limit",
    value: "N",
    section: "Limits",
  }),
  sendBurst: setting(count(1).default(8_000), {
    description: "messages of one session at once before --send-rate applies",
    value: "N",
    section: "Limits",
  }),
  commandRate: setting(count(0).default(1_000), {
    description: "other commands per second of one session in the long run; 0 = no limit",
    value: "N",
    section: "Limits",
  }),
  commandBurst: setting(count(1).default(2_000), {
    description: "other commands of one session at once before --command-rate applies",
    value: "N",
    section: "Limits",
  }),
  // From below: any one message in JSON, and the longest name and topic, fit. From above: what the
  // engine's queues between threads hold several times over.
  frameBytes: setting(count(32_768, 1_048_576).default(65_536), {
    description: "payload bytes of one frame",
    value: "BYTES",
    section: "Limits",
  }),
  helloMs: setting(count(1, closingMsMax).default(10_000), {
    description: "milliseconds within which a connection must have said hello",
    value: "MS",
    section: "Limits",
  }),
  helloPending: setting(count(1).default(2_048), {
    description: "connections of one shard that may not have said hello yet; the oldest make room",
    value: "N",
    section: "Limits",
  }),
  inflight: setting(count(1, 65_536).default(256), {
    description: "commands of one session that may be unanswered; more stay unread",
    value: "N",
    section: "Limits",
  }),
  inboundBytes: setting(count(1_024).default(65_536), {
    description: "received bytes of one connection that may wait before its socket is paused",
    value: "BYTES",
    section: "Limits",
  }),
  inboundRateBytes: setting(count(0).default(4_194_304), {
    description: "bytes per second that are read from one connection in the long run; 0 = no limit",
    value: "BYTES",
    section: "Limits",
  }),
  inboundBurstBytes: setting(count(65_536).default(1_048_576), {
    description: "bytes of one connection at once before --inbound-rate-bytes applies",
    value: "BYTES",
    section: "Limits",
  }),
  outboundBytes: setting(count(16_384).default(1_048_576), {
    description: "bytes that may wait for one slow reader before it is cut",
    value: "BYTES",
    section: "Limits",
  }),
  drainMs: setting(count(0, closingMsMax).default(5_000), {
    description: "milliseconds that a closing connection, and a stopping server, may take",
    value: "MS",
    section: "Limits",
  }),
  heartbeatMs: setting(count(heartbeatMsMin, heartbeatMsMax).default(30_000), {
    description: "a client sends something at least so often, in milliseconds",
    value: "MS",
    section: "Limits",
  }),
  heartbeatGraceMs: setting(count(0, heartbeatMsMax).default(10_000), {
    description: "milliseconds of silence on top of --heartbeat-ms before a client is cut",
    value: "MS",
    section: "Limits",
  }),

  uplinkBytes: setting(count(1_048_576).default(2_097_152), {
    description: "bytes of commands that one shard may have on their way to the chat",
    value: "BYTES",
    section: "Limits",
  }),
  downlinkBytes: setting(count(1_048_576).default(33_554_432), {
    description: "bytes that may be on their way to the shards before commands have to wait",
    value: "BYTES",
    section: "Limits",
  }),

  ...chatSettings,
  markRate: setting(count(0).default(20), {
    description:
      "places read up to that one session may set per second in the long run; 0 = no limit",
    value: "N",
    section: "Limits",
  }),
  markBurst: setting(count(1).default(2_000), {
    description: "the same at once before --mark-rate applies",
    value: "N",
    section: "Limits",
  }),
  ...storageSettings,

  httpPort: setting(offOr(port).default("off"), {
    description: "port for /metrics, /healthz and /readyz, on loopback only",
    value: "N|off",
    section: "Operating",
  }),
  logLevel: setting(oneOf(["debug", "info", "warn", "error"]).default("info"), {
    description: "the least that is logged",
    value: "debug|info|warn|error",
    section: "Operating",
  }),
  logFormat: setting(oneOf(["auto", "text", "json"]).default("auto"), {
    description: "auto: text on a terminal, JSON lines elsewhere",
    value: "auto|text|json",
    section: "Operating",
  }),
});
export type ServerConfig = z.infer<typeof ServerConfig>;
export type SettingKey = keyof ServerConfig;

export type Setting = SettingRow<SettingKey>;

/** Before each setting's variable. */
export const variablePrefix = "MARU_";

/** Every setting, as documentation and the command line need it. */
export const settings: readonly Setting[] = listSettings(ServerConfig, variablePrefix);
