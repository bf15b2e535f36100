// Everything that can be set about a server: one schema, from which the command line, the
// environment, the file, `--help` and docs/configuration.md all derive.
// A key `maxConnections` is the flag --max-connections, the variable MARU_MAX_CONNECTIONS and the
// file's key `max-connections`.

import { chatSettings } from "@maru/chat/settings";
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
import * as z from "zod";
import { engineSettings } from "./engine-settings.ts";
import { storageSettings } from "./storage-settings.ts";

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
  ...engineSettings,

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
