// What can be measured: a server that can be started, and the protocol that the load generator
// speaks to it.

import type { RunningServer } from "../harness/server.ts";

/** What the generator can speak: load/c/dialect-*.c. */
export type Dialect = "maru" | "frames" | "ws" | "socketio" | "redis" | "nats" | "mqtt" | "irc";

export interface Candidate {
  readonly name: string;
  readonly dialect: Dialect;
  /** Longer texts don't fit into its protocol; absent: whatever the generator can say does. */
  readonly textBytesMax?: number;
  start(settings: ServerSettings): Promise<RunningServer>;
}

/** By the name of the command line: `maru:WORKERS[:DURABILITY]`, or a peer's. */
export interface NamedCandidate extends Candidate {
  /** How to get it, where it is not installed; undefined where it is. */
  absent(): string | undefined;
  /** Its own, and that of what runs it; only where it is installed. */
  version(): string;
}

/** Of Maru alone; the others have no such limits. */
export interface ServerSettings {
  /** 0 = its own, which is what the limit on open files allows. */
  readonly connectionsMax: number;
}
