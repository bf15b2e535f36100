// Tells the log of connections whose unanswered commands hold up those behind them: from outside that is
// a client that hangs in silence, most often for a message that its service does not answer. Looks when
// the shard is swept, so that no message pays for it.

import type { Protocol } from "@maru/protocol";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionTable } from "./connection-table.ts";

export class Unanswered {
  readonly #connections: ConnectionTable;
  readonly #protocol: Protocol;
  readonly #limits: EngineLimits;
  readonly #log: Log;
  readonly #told = new WeakSet<Connection>();

  constructor(options: {
    readonly connections: ConnectionTable;
    readonly protocol: Protocol;
    readonly limits: EngineLimits;
    readonly log: Log;
  }) {
    this.#connections = options.connections;
    this.#protocol = options.protocol;
    this.#limits = options.limits;
    this.#log = options.log;
  }

  /** Looks at every connection, once a sweep. */
  look(nowMs: number): void {
    const { unansweredMs } = this.#limits;
    if (unansweredMs === 0) return;
    for (const connection of this.#connections.all()) {
      if (!this.#isHeldUp(connection)) continue;
      // At its bound it takes no frame, so this is for how long it has stood there.
      if (nowMs - connection.lastFrameMs < unansweredMs) continue;
      if (!this.#told.has(connection)) this.#tell(connection);
    }
  }

  /** It has as many unanswered commands as it may, and more bytes behind them. */
  #isHeldUp(connection: Connection): boolean {
    if (connection.inflight < connection.inflightMax(this.#limits)) return false;
    return connection.takesFrames && connection.decoder.bufferedBytes > 0;
  }

  #tell(connection: Connection): void {
    this.#told.add(connection);
    const { id, inflight, state } = connection;
    const isGreeting = state.phase === "handshaking";
    const types = isGreeting ? [this.#protocol.greeting] : (connection.askedTypes ?? []);
    this.#log("warn", "connection.unanswered", {
      connection: id,
      unanswered: inflight,
      types: [...new Set(types)].join(" "),
    });
  }
}
