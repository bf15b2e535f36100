// Puts the configuration together: default < file < environment < flag, checked once, then frozen.
// The only place that reads the environment.

import { outboundBytesMin } from "@maru/core";
import { chatProtocol } from "@maru/protocol/chat";
import {
  ConfigError,
  loadSettings,
  parseSettingsTable,
  readSettingsFile,
  settingsBytesMax,
} from "@maru/settings/load";
import { type ServerConfig as Config, ServerConfig, variablePrefix } from "./server-config.ts";

type Raw = Record<string, unknown>;

/** Variables of the client, which may be set on the same machine; never advised. */
const others = ["MARU_SERVER", "MARU_NICK", "MARU_CONFIG"];

/**
 * `flags` by setting key, only those that were given. Throws a ConfigError that names each offending
 * setting, where it came from, and its rule.
 */
export function loadConfig(flags: Raw, file: string | undefined, env = process.env): Config {
  const config = loadSettings(
    ServerConfig,
    { prefix: variablePrefix, others },
    { flags, env, file: file === undefined ? undefined : { where: file, table: tableOf(file) } },
  );
  demandAvailable(config);
  demandConsistent(config);
  return Object.freeze(config);
}

function tableOf(file: string): Raw {
  const read = readSettingsFile(file);
  if (read.kind === "read") {
    return parseSettingsTable(Buffer.from(read.bytes).toString("utf8"), file);
  }
  const why = read.kind === "unread" ? read.why : `it is longer than ${settingsBytesMax} bytes`;
  throw new ConfigError(`--config ${file}: ${why}`);
}

/** Names of the design that a later version fills: refused now, never silently ignored. */
function demandAvailable(config: Config): void {
  if (config.tls !== "off") {
    throw new ConfigError("--tls: this version has no TLS; use --tls off, behind a TLS proxy");
  }
  if (config.cluster !== undefined) {
    throw new ConfigError("--cluster: this version runs on one machine; leave it out");
  }
}

function demandConsistent(config: Config): void {
  if (config.outboundBytes < outboundBytesMin(config.frameBytes, chatProtocol.framing)) {
    throw new ConfigError("--outbound-bytes must be at least twice --frame-bytes");
  }
  if (config.outboundBytes < config.readBurstBytes * 2) {
    throw new ConfigError("--outbound-bytes must be at least twice --read-burst-bytes");
  }
  if (config.port !== 0 && config.port === config.httpPort) {
    throw new ConfigError("--http-port must be another one than --port");
  }
  if (config.readBurstBytes < config.replayBytes) {
    throw new ConfigError("--read-burst-bytes must be at least --replay-bytes");
  }
}
