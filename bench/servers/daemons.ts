// The peers that the system's package manager installs: what each is called, how it is configured,
// where it is and in which version. Each is started from a configuration and a directory of its own:
// as its documentation recommends, with the limits off that would cut a benchmark short.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createScratchDir } from "../harness/places.ts";
import { findFreePort, type RunningServer, startServer } from "../harness/server.ts";
import type { Dialect, NamedCandidate } from "./candidate.ts";

export interface Daemon {
  readonly dialect: Dialect;
  /** Of Debian, and of those that take after it. */
  readonly package: string;
  readonly program: string;
  /** Prints the version, somewhere in its first lines. */
  readonly versionFlag: string;
  readonly textBytesMax?: number;
  /** What follows the program, given the path of its configuration. */
  args(configPath: string): readonly string[];
  /** `dir` is its own, and empty but for the configuration. */
  config(port: number, dir: string): string;
}

/** A room is a topic; MQTT 3.1.1 with quality of service 0. */
const mosquitto: Daemon = {
  dialect: "mqtt",
  package: "mosquitto",
  program: "mosquitto",
  versionFlag: "-h",
  args: (configPath) => ["-c", configPath],
  config: (port) => `
listener ${port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
# By default a client loses what comes when 1,000 messages wait for it.
max_queued_messages 0
max_connections -1
sys_interval 0
connection_messages false
log_dest stderr
log_type error
`,
};

/** A room is a subject; core only, so without JetStream at most once. */
const nats: Daemon = {
  dialect: "nats",
  package: "nats-server",
  program: "nats-server",
  versionFlag: "--version",
  args: (configPath) => ["--config", configPath],
  config: (port) => `
listen: "127.0.0.1:${port}"
max_connections: 1000000
# By default a client is cut off as a slow consumer when 64 MB wait for it, or after 10 s.
max_pending: 1GB
write_deadline: "60s"
`,
};

/** A room is a channel, and a talker doesn't get its own message. */
const ngircd: Daemon = {
  dialect: "irc",
  package: "ngircd",
  program: "ngircd",
  versionFlag: "--version",
  // Of the 512 bytes of a line some 160 go to prefix, command and the event around the text.
  textBytesMax: 320,
  args: (configPath) => ["--nodaemon", "--config", configPath],
  config: (port) => `
[Global]
Name = bench.invalid
Info = bench
Listen = 127.0.0.1
Ports = ${port}
MotdPhrase = bench
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
# Penalties hold up who says much.
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
`,
};

/** A room is a channel; a subscriber who is late is never dropped. */
const redis: Daemon = {
  dialect: "redis",
  package: "redis-server",
  program: "redis-server",
  versionFlag: "--version",
  args: (configPath) => [configPath],
  config: (port, dir) => `
bind 127.0.0.1
port ${port}
dir ${dir}
daemonize no
loglevel warning
save ""
appendonly no
# Lowered by Redis itself to what the limit on open files leaves.
maxclients 1000000
timeout 0
# By default a subscriber is cut off when 32 MB wait for it, or 8 MB for a minute.
client-output-buffer-limit pubsub 0 0 0
`,
};

/** By the candidate's name. */
export const daemons: Readonly<Record<string, Daemon>> = { redis, nats, mosquitto, ngircd };

/** Daemons live where the path of a plain user seldom leads. */
const programDirs = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Path of its program, or undefined where it isn't installed. */
export function findDaemon({ program }: Daemon): string | undefined {
  const found = Bun.which(program) ?? Bun.which(program, { PATH: programDirs.join(":") });
  return found ?? undefined;
}

/** Undefined where no daemon is called so. */
export function daemonOf(name: string): NamedCandidate | undefined {
  const daemon = daemons[name];
  if (daemon === undefined) return undefined;
  const { dialect, textBytesMax, versionFlag } = daemon;
  const program = findDaemon(daemon);
  const hint = "bun run bench install";
  const installed = (): string => {
    if (program === undefined) throw new Error(`${name} is not installed: ${hint}`);
    return program;
  };
  return {
    name,
    dialect,
    ...(textBytesMax === undefined ? {} : { textBytesMax }),
    absent: () => (program === undefined ? hint : undefined),
    version() {
      const { stdout, stderr } = Bun.spawnSync([installed(), versionFlag]);
      // The first number with dots in what it says of itself.
      const said = /\d+\.\d[\w.+-]*/.exec(`${stdout}${stderr}`)?.[0];
      return said?.replace(/-.*$/, "") ?? "unknown";
    },
    start: async () => startDaemon(daemon, installed()),
  };
}

async function startDaemon(daemon: Daemon, program: string): Promise<RunningServer> {
  const { path: cwd, remove } = createScratchDir();
  const port = findFreePort();
  const configPath = join(cwd, "config");
  writeFileSync(configPath, daemon.config(port, cwd));
  try {
    const command = [program, ...daemon.args(configPath)];
    const server = await startServer({ command, cwd, port });
    return {
      ...server,
      stop: () => server.stop().finally(remove),
      kill: () => server.kill().finally(remove),
    };
  } catch (error) {
    remove();
    throw error;
  }
}
