// The door of a shard: makes a connection of each socket that was accepted, and turns away those that
// exceed a cap or come to a server that stops. Counts who waits for a farewell at the door.

import { type CloseReason, type Protocol, systemClose } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import type { Counters } from "../base/counters.ts";
import type { Framings } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import { Connection } from "../connection/connection.ts";
import type { ConnectionSocket } from "../connection/connection-socket.ts";
import { FirstBytes } from "../connection/first-bytes.ts";
import type { Admission } from "./admission.ts";
import type { ConnectionTable } from "./connection-table.ts";
import type { Farewell } from "./farewell.ts";

/** Refused connections that may linger for their farewell; more are ended without one. */
const refusedMax = 256;

export interface ArrivalsOptions {
  readonly protocol: Protocol;
  readonly framings: Framings;
  readonly limits: EngineLimits;
  readonly admission: Admission;
  readonly counters: Counters;
  readonly now: () => number;
  readonly defer: (callback: () => void) => void;
  readonly connections: ConnectionTable;
  readonly farewell: Farewell;
}

export class Arrivals {
  readonly #options: ArrivalsOptions;
  #refused = 0;
  /** Why each that comes now is turned away; null while the server runs. */
  #stopReason: (() => CloseReason) | null = null;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  open(socket: ConnectionSocket): Connection {
    const { admission, counters, connections, protocol } = this.#options;
    const connection = this.#createConnection(socket);
    connections.add(connection);
    if (this.#stopReason !== null) {
      this.#turnAway(connection, this.#stopReason());
      return connection;
    }
    const refusal = admission.admit(connection.addressKey);
    if (refusal !== null) {
      this.#turnAway(connection, systemClose(refusal));
      return connection;
    }
    connection.admitted = true;
    counters.add("connectionsAccepted", 1);
    counters.add("connectionsOpen", 1);
    if (protocol.greeting !== null) this.#awaitGreeting(connection);
    return connection;
  }

  /** More of its first bytes have come; true once they have chosen how it goes on. */
  chooseFraming(connection: Connection, firstBytes: FirstBytes): boolean {
    const { isRequest } = firstBytes;
    if (isRequest === null) return false;
    const [own, webSocket = own] = this.#options.framings;
    connection.choose(isRequest ? webSocket : own);
    return true;
  }

  /** Its socket is gone. */
  left(connection: Connection): void {
    const { admission, counters } = this.#options;
    if (connection.refused) this.#refused -= 1;
    assert(this.#refused >= 0, "none is forgotten at the door that was not turned away there");
    if (!connection.admitted) return;
    admission.release(connection.addressKey);
    counters.add("connectionsOpen", -1);
  }

  /** Turns away each that comes from now on; `reasonFor` is asked once for each. */
  stop(reasonFor: () => CloseReason): void {
    this.#stopReason = reasonFor;
  }

  #createConnection(socket: ConnectionSocket): Connection {
    const { protocol, framings, limits, admission, connections } = this.#options;
    const greeted = protocol.greeting === null;
    const frameBytes = greeted ? limits.frameBytes : limits.helloFrameBytes;
    const nowMs = this.#options.now();
    const address = socket.remoteAddress ?? "";
    return new Connection({
      id: connections.nextId(),
      socket,
      framing: framings[0],
      firstBytes: framings.length > 1 ? new FirstBytes(frameBytes) : null,
      frameBytes,
      address,
      addressKey: admission.keyOf(address),
      state: greeted
        ? { phase: "active" }
        : { phase: "handshaking", deadlineMs: nowMs + limits.helloMs, failures: 0 },
      nowMs,
    });
  }

  /** Strangers who say nothing must not take every place: the oldest of too many makes room. */
  #awaitGreeting(connection: Connection): void {
    const { ungreeted } = this.#options.connections;
    ungreeted.add(connection);
    if (ungreeted.size <= this.#options.limits.helloPending) return;
    const oldest = ungreeted.values().next().value as Connection;
    const reason = systemClose("too_many_connections", "Too many have not said hello.");
    this.#options.farewell.close(oldest, reason);
  }

  #turnAway(connection: Connection, reason: CloseReason): void {
    this.#options.counters.add("connectionsRefused", 1);
    connection.reported = true;
    connection.refused = true;
    this.#refused += 1;
    if (this.#refused <= refusedMax) return this.#options.farewell.close(connection, reason);
    connection.state = { phase: "draining", reason, deadlineMs: 0, answering: false };
    // Not from inside the socket's own open event, which would see it closed before it was opened.
    this.#options.defer(() => connection.socket.terminate());
  }
}
