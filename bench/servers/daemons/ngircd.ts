// ngIRCd: a room is a channel, and a talker doesn't get its own message. Keeps nothing.

import type { Daemon } from "./daemon.ts";

export const ngircd: Daemon = {
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
