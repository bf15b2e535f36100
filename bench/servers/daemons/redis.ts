// Redis: a room is a channel. Keeps nothing, and never drops a subscriber who is late.

import type { Daemon } from "./daemon.ts";

export const redis: Daemon = {
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
