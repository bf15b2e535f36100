// How this shard's connections end: farewells, deadlines, slow readers, the peer's own end. Carries out
// what connection-state.ts decides, and the engine's own words go out here. Reads no frames.

import {
  type CloseReason,
  frameOf,
  type Protocol,
  systemClose,
  type WireMessage,
} from "@maru/protocol";
import { assertNever } from "../base/assert.ts";
import type { Counters } from "../base/counters.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { Connection } from "../connection/connection.ts";
import {
  type ConnectionAction,
  type ConnectionInput,
  type Ending,
  transition,
} from "../connection/connection-state.ts";
import { askedCode, type Uplink } from "../link/uplink.ts";
import type { ConnectionTable } from "./connection-table.ts";
import type { Membership } from "./membership.ts";
import type { Writer } from "./writer.ts";

export interface FarewellOptions {
  readonly protocol: Protocol;
  readonly limits: EngineLimits;
  readonly counters: Counters;
  readonly log: Log;
  readonly now: () => number;
  readonly connections: ConnectionTable;
  readonly groups: Membership;
  readonly uplink: Uplink;
  readonly writer: Writer;
}

export class Farewell {
  readonly #options: FarewellOptions;
  #isStopping = false;

  constructor(options: FarewellOptions) {
    this.#options = options;
  }

  accepted(connection: Connection): void {
    connection.decoder.payloadBytesMax = this.#options.limits.frameBytes;
    this.#apply(connection, { kind: "accepted" });
    if (connection.peerEnded) this.peerEnded(connection);
  }

  /** A greeting got an answer that was no welcome. Without effect once greeted. */
  greetingFailed(connection: Connection): void {
    const attempts = this.#options.limits.helloAttempts;
    const deadlineMs = this.#drainDeadline();
    this.#apply(connection, { kind: "greeting-failed", attempts, deadlineMs });
  }

  close(connection: Connection, reason: Ending): void {
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
    if (writing || asking || this.#putLastWords(connection)) return;
    this.#apply(connection, { kind: "drained" });
  }

  /** The socket is gone; false when that was known. */
  socketClosed(connection: Connection): boolean {
    this.#apply(connection, { kind: "socket-closed" });
    if (!this.#options.connections.remove(connection)) return false;
    connection.queue.clear();
    return true;
  }

  /** Looks at every connection's deadlines. */
  sweep(nowMs: number): void {
    const { heartbeatMs, heartbeatGraceMs, drainMs } = this.#options.limits;
    // A server that stops has given drainMs to the answers already, and takes no more time.
    const farewellMs = this.#isStopping ? 0 : drainMs;
    const silentSince = nowMs - heartbeatMs - heartbeatGraceMs;
    for (const connection of this.#options.connections.all()) {
      connection.dropFullBuckets(nowMs);
      if (connection.state.phase !== "active") {
        this.#apply(connection, { kind: "time", nowMs, drainMs: farewellMs });
      } else if (connection.lastFrameMs < silentSince && !connection.isHeldBack) {
        this.close(connection, systemClose("heartbeat_timeout"));
      }
    }
  }

  /** Ends every connection that there is, after its answers if any will come. `reasonFor` is asked for each. */
  stop(reasonFor: () => CloseReason, isAnswering: boolean): void {
    this.#isStopping = true;
    for (const connection of this.#options.connections.all()) {
      if (isAnswering) this.finish(connection, reasonFor());
      else this.close(connection, reasonFor());
    }
  }

  /** Puts a message of the engine's own behind what the connection was already given. */
  say(connection: Connection, message: WireMessage): void {
    this.sayReply(connection);
    this.#enqueue(connection, this.#frameOf(connection, message));
  }

  /** Puts there what the connection's framing itself has to answer, if anything. */
  sayReply(connection: Connection): void {
    const reply = connection.decoder.takeReply();
    if (reply !== null) this.#enqueue(connection, reply);
  }

  #drainDeadline(): number {
    return this.#options.now() + this.#options.limits.drainMs;
  }

  #apply(connection: Connection, input: ConnectionInput): void {
    const { state, actions } = transition(connection.state, input);
    connection.state = state;
    if (state.phase !== "handshaking") this.#options.connections.ungreeted.delete(connection);
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
    const { state, decoder } = connection;
    if (state.phase !== "draining") return;
    this.sayReply(connection);
    const { reason } = state;
    const close =
      "frame" in reason ? reason.frame : this.#frameOf(connection, { type: "close", ...reason });
    connection.saidFarewell = true;
    this.#enqueue(connection, decoder.farewell(close));
  }

  /** What the framing says at the end of a stream that nothing else was said to; false: nothing. */
  #putLastWords(connection: Connection): boolean {
    if (connection.saidFarewell) return false;
    connection.saidFarewell = true;
    const words = connection.decoder.farewell(nothing);
    if (words.length === 0) return false;
    this.#enqueue(connection, words);
    return true;
  }

  #enqueue(connection: Connection, bytes: Uint8Array): void {
    // A cut connection takes nothing but its last words, and those stand behind the frame that was cut.
    if (connection.cut) connection.queue.append(bytes);
    else this.#options.writer.enqueue(connection, bytes);
  }

  /** The service learns of the end once, and only of connections that it has heard of. */
  #report(connection: Connection): void {
    this.#options.groups.leaveAll(connection);
    if (connection.reported || !("reason" in connection.state)) return;
    connection.reported = true;
    if (!connection.announced) return;
    const { reason } = connection.state;
    this.#options.uplink.closed(connection.id, "frame" in reason ? askedCode : reason.code);
  }

  /** A message of the engine's own, as it goes on the wire; nothing in a protocol of raw bytes. */
  #frameOf(connection: Connection, message: WireMessage): Uint8Array {
    const payload = this.#options.protocol.server.encode(message);
    return payload.length === 0 ? nothing : frameOf(connection.framing, payload);
  }
}

const nothing = new Uint8Array(0);
