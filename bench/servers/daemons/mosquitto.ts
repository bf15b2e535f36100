// Mosquitto: MQTT 3.1.1 with quality of service 0, a room is a topic. Keeps nothing.

import type { Daemon } from "./daemon.ts";

export const mosquitto: Daemon = {
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
