// One event loop's share of the connections: their sockets' events in, the service's ops out.
// Composes the stages (inbound → uplink; downlink → writer) and gives the tick its order.
// Knows nothing of what messages mean and nothing of threads.

import type { CloseReason, Protocol } from "@maru/protocol";
import type { Counters } from "../base/counters.ts";
import type { Framings } from "../base/framings.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionSocket } from "../connection/connection-socket.ts";
import { type DownlinkBatch, DownlinkReader } from "../link/downlink.ts";
import { Uplink, type UplinkBatch } from "../link/uplink.ts";
import type { Admission } from "./admission.ts";
import { Arrivals } from "./arrivals.ts";
import { ConnectionTable } from "./connection-table.ts";
import { FanOut } from "./fan-out.ts";
import { Farewell } from "./farewell.ts";
import { Inbound } from "./inbound.ts";
import { Membership } from "./membership.ts";
import { Unanswered } from "./unanswered.ts";
import { Writer } from "./writer.ts";

export interface ShardOptions {
  readonly protocol: Protocol;
  /** What the port speaks; the protocol's own framing alone, unless they are given. */
  readonly framings?: Framings;
  readonly limits: EngineLimits;
  readonly admission: Admission;
  readonly counters: Counters;
  readonly log: Log;
  /** Whether batches leave this thread: messages then travel as their JSON text. */
  readonly posted: boolean;
  /** Takes one tick's events; the batch is the receiver's. */
  readonly deliver: (batch: UplinkBatch) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Runs a callback after the sockets' events of this tick. */
  readonly defer: (callback: () => void) => void;
  /** Runs a callback in so many milliseconds; absent: what waits for time waits for the next sweep. */
  readonly after?: (ms: number, callback: () => void) => void;
}

/** Connections that have sent more bytes than they may are read again so often; milliseconds. */
const throttledMs = 50;

export class Shard {
  readonly #options: ShardOptions;
  readonly #connections = new ConnectionTable();
  readonly #uplink: Uplink;
  readonly #inbound: Inbound;
  readonly #writer: Writer;
  readonly #downlink: DownlinkReader;
  readonly #fanOut: FanOut;
  readonly #arrivals: Arrivals;
  readonly #farewell: Farewell;
  readonly #unanswered: Unanswered;
  /** Connections that wait for their next turn, in order. */
  #turns: Connection[] = [];
  /** Connections whose frames wait for the next sweep. */
  #throttled: Connection[] = [];
  #scheduled = false;
  /** The time of this tick. */
  #nowMs: number;

  constructor(options: ShardOptions) {
    const { protocol, limits, counters, framings = [protocol.framing] } = options;
    this.#options = options;
    this.#nowMs = options.now();
    const groups = new Membership();
    const uplink = new Uplink(limits.uplinkBytes, options.posted, options.deliver);
    const writer = new Writer(limits.outboundBytes, counters, {
      overflowed: (connection) => this.#farewell.cutSlow(connection),
      emptied: (connection) => this.#farewell.finishIfIdle(connection),
    });
    this.#uplink = uplink;
    this.#writer = writer;
    const connections = this.#connections;
    const farewell = new Farewell({ ...options, connections, groups, uplink, writer });
    this.#farewell = farewell;
    this.#arrivals = new Arrivals({ ...options, framings, connections, farewell });
    this.#unanswered = new Unanswered({ ...options, connections });
    this.#inbound = new Inbound({
      protocol,
      framings,
      limits,
      counters,
      uplink,
      events: {
        refused: (connection, error) => {
          farewell.say(connection, error);
          farewell.greetingFailed(connection);
        },
        finish: (connection, reason) => farewell.finish(connection, reason),
      },
    });
    this.#fanOut = new FanOut(connections, groups, writer, counters, {
      accepted: (connection) => farewell.accepted(connection),
      // A copy: the shared memory is written again before the last of it may have left.
      close: (connection, frame) => farewell.close(connection, { frame: frame.slice() }),
    });
    this.#downlink = new DownlinkReader(this.#fanOut);
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** A socket was accepted. The connection that it gets is given back at each of its events. */
  opened(socket: ConnectionSocket): Connection {
    this.#schedule();
    return this.#arrivals.open(socket);
  }

  /** Bytes came; `chunk` belongs to the connection from now on. */
  received(connection: Connection, chunk: Uint8Array): void {
    this.#schedule();
    this.#options.counters.add("bytesIn", chunk.length);
    if (!connection.takesInput) return;
    connection.decoder.push(chunk);
    const { firstBytes } = connection;
    if (firstBytes !== null && !this.#arrivals.chooseFraming(connection, firstBytes)) return;
    if (connection.queued || connection.isThrottled) this.#pauseIfFull(connection);
    else this.#turn(connection);
  }

  /** The socket takes bytes again after a short write. */
  drained(connection: Connection): void {
    this.#writer.drained(connection);
    this.#goOn();
  }

  /** The peer sent FIN: it will say no more, but what it asked is still answered. */
  peerEnded(connection: Connection): void {
    this.#schedule();
    this.#farewell.peerEnded(connection);
  }

  /** The socket is gone. */
  closed(connection: Connection): void {
    this.#schedule();
    if (this.#farewell.socketClosed(connection)) this.#arrivals.left(connection);
  }

  /**
   * Does what the service asks, in order; what it says is enqueued. Returns the bytes of shared memory
   * that were read: they are needed until `flush` has returned.
   */
  apply(batch: DownlinkBatch): number {
    this.#uplink.returnCredit(batch.creditBytes);
    if (batch.answersUplink) this.#uplink.answered();
    const bytes = this.#downlink.read(batch);
    for (const connection of this.#fanOut.takeAnswered()) this.#answered(connection);
    this.#uplink.flush();
    return bytes;
  }

  /** Writes once to each connection for which something was enqueued. */
  flush(): void {
    this.#writer.flush();
    this.#goOn();
  }

  /** Looks at every connection's deadlines, and reads on where it may; called each sweepMs. */
  sweep(): void {
    this.#schedule();
    this.#farewell.sweep(this.#nowMs);
    this.#unanswered.look(this.#nowMs);
    this.#readThrottled();
  }

  /**
   * Tells every peer to go, and each that comes later; behind the answers to what it asked, unless none
   * will come. Done when `connectionCount` is 0.
   */
  stop(reasonFor: () => CloseReason, isAnswering = true): void {
    this.#schedule();
    this.#arrivals.stop(reasonFor);
    this.#farewell.stop(reasonFor, isAnswering);
  }

  /** The first event of a tick sets the tick's time and its end. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#nowMs = this.#options.now();
    this.#options.defer(() => this.#endTick());
  }

  /** The turns that are due, then one batch to the service, then the writes. */
  #endTick(): void {
    this.#scheduled = false;
    const due = this.#turns;
    this.#turns = [];
    for (const connection of due) {
      connection.queued = false;
      this.#turn(connection);
    }
    this.#uplink.flush();
    this.#writer.flush();
    this.#goOn();
  }

  /** Starts another tick for what is left: turns, and events and last words that came of the writes. */
  #goOn(): void {
    // Without credit the turns wait for the batch that returns it.
    const hasTurns = this.#turns.length > 0 && this.#uplink.hasCredit;
    if (hasTurns || this.#uplink.isDue || this.#writer.isDue) this.#schedule();
  }

  #turn(connection: Connection): void {
    const result = this.#inbound.turn(connection, this.#nowMs);
    const reply = connection.decoder.takeReply();
    if (reply !== null) this.#writer.enqueue(connection, reply);
    if (result === "throttled") this.#throttle(connection);
    if (result === "more" || (result === "blocked" && !this.#uplink.hasCredit)) {
      this.#queue(connection);
    }
    if (result === "idle") connection.unpause();
    else this.#pauseIfFull(connection);
    if (connection.peerEnded) this.#farewell.finishIfIdle(connection);
    else if (connection.decoder.ended) this.#farewell.peerEnded(connection);
  }

  #queue(connection: Connection): void {
    connection.isThrottled = false;
    if (connection.queued) return;
    connection.queued = true;
    this.#turns.push(connection);
  }

  #throttle(connection: Connection): void {
    if (connection.isThrottled) return;
    connection.isThrottled = true;
    this.#options.counters.add("readsThrottled", 1);
    this.#throttled.push(connection);
    if (this.#throttled.length > 1) return;
    this.#options.after?.(throttledMs, () => {
      this.#schedule();
      this.#readThrottled();
    });
  }

  /** Those that still may not are throttled anew, in their turns. */
  #readThrottled(): void {
    const throttled = this.#throttled;
    this.#throttled = [];
    for (const connection of throttled) this.#queue(connection);
  }

  #pauseIfFull(connection: Connection): void {
    const { inboundBytes, helloFrameBytes } = this.#options.limits;
    const isGreeted = connection.state.phase !== "handshaking";
    const bytesMax = isGreeted ? inboundBytes : Math.min(inboundBytes, helloFrameBytes * 2);
    if (connection.decoder.bufferedBytes > bytesMax) connection.pause();
  }

  /** Commands have been answered, so its next frames may go on: in a turn, after the whole batch. */
  #answered(connection: Connection): void {
    const { phase } = connection.state;
    if (phase === "finishing" && connection.inflight === 0) this.#farewell.answered(connection);
    if (phase === "handshaking") this.#farewell.greetingFailed(connection);
    const { decoder, peerEnded, isPaused } = connection;
    if (connection.isThrottled) return;
    if (decoder.bufferedBytes > 0 || peerEnded || isPaused) this.#queue(connection);
  }
}
