// The life of this shard's connections: admission, farewells, deadlines, the end.
// Carries out what connection-state.ts decides; owns the table of connections. Reads no frames.

import {
  type CloseReason,
  encodeFrame,
  type Protocol,
  systemClose,
  type WireMessage,
} from "@maru/protocol";
import { assertNever } from "../base/assert.ts";
import type { Counters } from "../base/counters.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import { Connection } from "../connection/connection.ts";
import type { ConnectionSocket } from "../connection/connection-socket.ts";
import {
  type ConnectionAction,
  type ConnectionInput,
  transition,
} from "../connection/connection-state.ts";
import type { Uplink } from "../link/uplink.ts";
import type { Admission } from "./admission.ts";
import { ConnectionTable } from "./connection-table.ts";
import type { GroupTable } from "./membership.ts";
import type { TickWriter } from "./writer.ts";

/** Refused connections that may linger for their farewell; more are ended without one. */
const refusedMax = 256;

export interface LifecycleOptions {
  readonly protocol: Protocol;
  readonly limits: EngineLimits;
  readonly admission: Admission;
  readonly counters: Counters;
  readonly log: Log;
  readonly now: () => number;
  readonly defer: (callback: () => void) => void;
  readonly groups: GroupTable;
  readonly uplink: Uplink;
  readonly writer: TickWriter;
}

export class Lifecycle {
  readonly connections = new ConnectionTable();
  readonly #options: LifecycleOptions;
  /** Those who have not been greeted yet, oldest first. */
  readonly #greeting = new Set<Connection>();
  #refused = 0;
  #stopReason: (() => CloseReason) | null = null;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  open(socket: ConnectionSocket): Connection {
    const { protocol, limits, admission, counters } = this.#options;
    const greeted = protocol.greeting === null;
    const nowMs = this.#options.now();
    const address = socket.remoteAddress ?? "";
    const connection = new Connection({
      id: this.connections.nextId(),
      socket,
      framing: protocol.framing,
      frameBytes: greeted ? limits.frameBytes : limits.greetingFrameBytes,
      address,
      addressKey: admission.keyOf(address),
      state: greeted
        ? { phase: "active" }
        : { phase: "handshaking", deadlineMs: nowMs + limits.greetingMs, failures: 0 },
      nowMs,
    });
    this.connections.add(connection);
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
    if (!greeted) this.#addGreeting(connection);
    return connection;
  }

  accepted(connection: Connection): void {
    connection.decoder.payloadBytesMax = this.#options.limits.frameBytes;
    this.#apply(connection, { kind: "accepted" });
    if (connection.peerEnded) this.peerEnded(connection);
  }

  /** A greeting got an answer that was no welcome. Without effect once greeted. */
  greetingFailed(connection: Connection): void {
    const attempts = this.#options.limits.greetingAttempts;
    const deadlineMs = this.#drainDeadline();
    this.#apply(connection, { kind: "greeting-failed", attempts, deadlineMs });
  }

  close(connection: Connection, reason: CloseReason): void {
    this.#apply(connection, { kind: "close", reason, deadlineMs: this.#drainDeadline() });
  }

  /**
   * Closes it once what it has asked is answered, after drainMs at the latest: a broken frame must not
   * take the answers from the commands before it.
   */
  finish(connection: Connection, reason: CloseReason): void {
    const isAsking = connection.inflight > 0;
    const deadlineMs = this.#drainDeadline();
    this.#apply(connection, { kind: "finish", reason, isAsking, deadlineMs });
  }

  /** Nothing that it asked is unanswered any more. */
  answered(connection: Connection): void {
    this.#apply(connection, { kind: "answered" });
  }

  /** Ends a connection that doesn't read: what it was not sent is dropped at a frame, and it is told. */
  cutSlow(connection: Connection): void {
    const waiting = connection.queue.bytes;
    const allowed = this.#options.limits.outboundBytes;
    this.#options.counters.add("slowConsumers", 1);
    this.#options.log("info", "connection.slow", { connection: connection.id, waiting });
    connection.cut = true;
    connection.queue.dropUnsentFrames();
    const { state } = connection;
    // The farewell of one that is already leaving was among what is dropped.
    if (state.phase === "draining" && !state.answering) return this.#putFarewell(connection);
    const reason = `You read too slowly: more than ${allowed} bytes were waiting for you.`;
    this.close(connection, systemClose("slow_consumer", reason));
  }

  peerEnded(connection: Connection): void {
    connection.peerEnded = true;
    this.#apply(connection, { kind: "peer-ended", deadlineMs: this.#drainDeadline() });
    this.finishIfIdle(connection);
  }

  /** Ends our side once nothing is left to read, to answer or to write. */
  finishIfIdle(connection: Connection): void {
    const { state } = connection;
    if (state.phase !== "draining" && !connection.peerEnded) return;
    const writing = connection.queue.bytes > 0 || connection.firstPiece !== null;
    const answering =
      state.phase === "handshaking" || (state.phase === "draining" && state.answering);
    const asking = answering && connection.isHeldBack;
    if (!writing && !asking) this.#apply(connection, { kind: "drained" });
  }

  socketClosed(connection: Connection): void {
    this.#apply(connection, { kind: "socket-closed" });
    if (!this.connections.remove(connection)) return;
    connection.queue.clear();
    if (connection.refused) this.#refused -= 1;
    if (!connection.admitted) return;
    this.#options.admission.release(connection.addressKey);
    this.#options.counters.add("connectionsOpen", -1);
  }

  /** Looks at every connection's deadlines. */
  sweep(nowMs: number): void {
    const { heartbeatMs, heartbeatGraceMs, drainMs } = this.#options.limits;
    // A server that stops has given drainMs to the answers already, and takes no more time.
    const farewellMs = this.#stopReason === null ? drainMs : 0;
    const silentSince = nowMs - heartbeatMs - heartbeatGraceMs;
    for (const connection of this.connections.all()) {
      connection.dropFullBuckets(nowMs);
      if (connection.state.phase !== "active") {
        this.#apply(connection, { kind: "time", nowMs, drainMs: farewellMs });
      } else if (connection.lastFrameMs < silentSince && !connection.isHeldBack) {
        this.close(connection, systemClose("heartbeat_timeout"));
      }
    }
  }

  /** Ends every connection, and each that comes later. `reasonFor` is asked once for each. */
  stop(reasonFor: () => CloseReason): void {
    this.#stopReason = reasonFor;
    for (const connection of this.connections.all()) this.finish(connection, reasonFor());
  }

  /** Strangers who say nothing must not take every place: the oldest of too many makes room. */
  #addGreeting(connection: Connection): void {
    this.#greeting.add(connection);
    if (this.#greeting.size <= this.#options.limits.greetings) return;
    const oldest = this.#greeting.values().next().value as Connection;
    this.close(oldest, systemClose("too_many_connections", "Too many have not said hello."));
  }

  #turnAway(connection: Connection, reason: CloseReason): void {
    this.#options.counters.add("connectionsRefused", 1);
    connection.reported = true;
    connection.refused = true;
    this.#refused += 1;
    if (this.#refused <= refusedMax) return this.close(connection, reason);
    connection.state = { phase: "draining", reason, deadlineMs: 0, answering: false };
    // Not from inside the socket's own open event, which would see it closed before it was opened.
    this.#options.defer(() => connection.socket.terminate());
  }

  #drainDeadline(): number {
    return this.#options.now() + this.#options.limits.drainMs;
  }

  #apply(connection: Connection, input: ConnectionInput): void {
    const { state, actions } = transition(connection.state, input);
    connection.state = state;
    if (state.phase !== "handshaking") this.#greeting.delete(connection);
    if (!connection.takesFrames) connection.decoder.clear();
    for (const action of actions) this.#perform(connection, action);
  }

  #perform(connection: Connection, action: ConnectionAction): void {
    switch (action) {
      case "farewell":
        return this.#farewell(connection);
      case "shutdown":
        return connection.shutdownOnce();
      case "terminate":
        return connection.socket.terminate();
      case "report":
        return this.#report(connection);
      default:
        return assertNever(action);
    }
  }

  /** The close frame goes out behind everything that the connection was already given. */
  #farewell(connection: Connection): void {
    this.#options.counters.add("closes", 1);
    this.#putFarewell(connection);
    // What the peer still sends is read and dropped: a FIN behind unread bytes would be a reset.
    connection.unpause();
  }

  #putFarewell(connection: Connection): void {
    if (connection.state.phase !== "draining") return;
    const frame = this.encode({ type: "close", ...connection.state.reason } as WireMessage);
    if (connection.cut) connection.queue.append(frame);
    else this.#options.writer.enqueue(connection, frame);
  }

  /** The service learns of the end once, and only of connections that it has heard of. */
  #report(connection: Connection): void {
    this.#options.groups.leaveAll(connection);
    if (connection.reported || !("reason" in connection.state)) return;
    connection.reported = true;
    if (connection.announced)
      this.#options.uplink.closed(connection.id, connection.state.reason.code);
  }

  /** A message of the engine's own, as it goes on the wire; nothing in a protocol of raw bytes. */
  encode(message: WireMessage): Uint8Array {
    const payload = this.#options.protocol.server.encode(message);
    return payload.length === 0 ? nothing : encodeFrame(payload);
  }
}

const nothing = new Uint8Array(0);
