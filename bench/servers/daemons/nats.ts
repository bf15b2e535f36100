// NATS, core only: a room is a subject. Keeps nothing; without JetStream, at most once.

import type { Daemon } from "./daemon.ts";

export const nats: Daemon = {
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
