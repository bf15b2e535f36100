// What a shard lets be seen of its work: for who wants to learn how it goes, and for tests. An observer
// stands between a shard and what calls it, and is put there when the server starts: without one the
// shard is what it is, and pays nothing. It sees what goes in and out, and changes nothing.

import type { Connection } from "../connection/connection.ts";
import type { ConnectionSocket } from "../connection/connection-socket.ts";
import { type DownlinkBatch, DownlinkReader, type DownlinkSink } from "../link/downlink.ts";
import { type UplinkBatch, uplinkKind } from "../link/uplink.ts";
import type { Shard } from "../shard/shard.ts";

/** What its callers need of a shard, whether or not it is observed. */
export type ShardPort = Pick<Shard, keyof Shard>;

/** A connection as its shard knows it at the moment of the call. */
export interface ObservedConnection {
  /** Unique in its shard, for as long as the shard lives. */
  readonly id: number;
  /** Where the peer connects from; "" where that was never known. */
  readonly address: string;
  /** Commands passed to the service and not answered yet. */
  readonly inflight: number;
  /** Its place in each of its groups. */
  readonly memberships: readonly { readonly group: number }[];
  /** Bytes that the socket has not taken and that wait for it. */
  readonly queue: { readonly bytes: number };
}

/** The commands of one tick, on their way to the service together. */
export interface ObservedBatch {
  /** Whose each command is, in order: the connections' ids. */
  readonly commands: readonly number[];
  /** What it costs of the shard's credit (`uplinkBytes`), in bytes, until the service has taken it. */
  readonly bytes: number;
  /** Whether it goes to another thread. */
  readonly isPosted: boolean;
}

/**
 * Called on the shard's thread, in the order in which things happen. Bytes are valid during the call
 * alone and are never written to. What an observer throws is a bug of ours like any other.
 */
export interface ShardObserver {
  opened(connection: ObservedConnection): void;
  /** One read of its socket. Follows: frames, checks; then `batch`, or a `wrote` that refuses. */
  read(connection: ObservedConnection, bytes: Uint8Array): void;
  batch(batch: ObservedBatch): void;
  /** From the service: whole frames for it alone, before they are written; they answer so many commands. */
  answered(connection: number, answers: number, bytes: Uint8Array): void;
  /** From the service: whole frames for every member, or, with `except`, not all of them for all. */
  published(group: number, messages: number, bytes: Uint8Array): void;
  joined(connection: number, group: number): void;
  left(connection: number, group: number): void;
  /** The service ends it; `frame` tells it why. */
  closing(connection: number, frame: Uint8Array): void;
  /** One system call: `taken` of `bytes` went to the kernel, the rest waits; -1: the socket is gone. */
  wrote(connection: ObservedConnection, bytes: Uint8Array, taken: number): void;
  /** The writes of what the service said are done. */
  flushed(): void;
  closed(connection: ObservedConnection): void;
}

/** Takes a shard's batch on its way to the service. */
type Deliver = (batch: UplinkBatch) => void;

/** The same delivery, seen. */
export function observeDeliver(
  observer: ShardObserver | undefined,
  isPosted: boolean,
  deliver: Deliver,
): Deliver {
  if (observer === undefined) return deliver;
  return (batch) => {
    const commands = Array.from(batch.connections).filter(
      (_, index) => batch.kinds[index] === uplinkKind.message,
    );
    // What ends is told too, but is no command.
    if (commands.length > 0) observer.batch({ commands, bytes: batch.bytes, isPosted });
    deliver(batch);
  };
}

/** The same shard, seen; itself without an observer. */
export function observeShard(shard: Shard, observer: ShardObserver | undefined): ShardPort {
  return observer === undefined ? shard : new ObservedShard(shard, observer);
}

class ObservedShard implements ShardPort {
  readonly #shard: Shard;
  readonly #observer: ShardObserver;
  readonly #asked: DownlinkReader;

  constructor(shard: Shard, observer: ShardObserver) {
    this.#shard = shard;
    this.#observer = observer;
    this.#asked = new DownlinkReader(asksOf(observer));
  }

  get connectionCount(): number {
    return this.#shard.connectionCount;
  }

  opened(socket: ConnectionSocket): Connection {
    const observed = new ObservedSocket(socket, this.#observer);
    const connection = this.#shard.opened(observed);
    observed.connection = connection;
    this.#observer.opened(connection);
    return connection;
  }

  received(connection: Connection, chunk: Uint8Array): void {
    this.#observer.read(connection, chunk);
    this.#shard.received(connection, chunk);
  }

  drained(connection: Connection): void {
    this.#shard.drained(connection);
  }

  peerEnded(connection: Connection): void {
    this.#shard.peerEnded(connection);
  }

  closed(connection: Connection): void {
    this.#observer.closed(connection);
    this.#shard.closed(connection);
  }

  apply(batch: DownlinkBatch): number {
    this.#asked.read(batch);
    return this.#shard.apply(batch);
  }

  flush(): void {
    this.#shard.flush();
    this.#observer.flushed();
  }

  sweep(): void {
    this.#shard.sweep();
  }

  stop(reasonFor: Parameters<Shard["stop"]>[0]): void {
    this.#shard.stop(reasonFor);
  }
}

/** What the service asks of a shard, told to its observer. */
function asksOf(observer: ShardObserver): DownlinkSink {
  return {
    send: (connection, answers, bytes) => observer.answered(connection, answers, bytes),
    publish: (group, messages, bytes) => observer.published(group, messages, bytes),
    publishExcept: (group, messages, bytes) => observer.published(group, messages, bytes),
    join: (connection, group) => observer.joined(connection, group),
    leave: (connection, group) => observer.left(connection, group),
    accept: () => {},
    close: (connection, frame) => observer.closing(connection, frame),
  };
}

/** A socket whose writes are seen. */
class ObservedSocket implements ConnectionSocket {
  readonly #socket: ConnectionSocket;
  readonly #observer: ShardObserver;
  /** Null until the shard has made one of it: who is turned away at the door is not told of. */
  connection: Connection | null = null;

  constructor(socket: ConnectionSocket, observer: ShardObserver) {
    this.#socket = socket;
    this.#observer = observer;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  write(bytes: Uint8Array): number {
    const taken = this.#socket.write(bytes);
    if (this.connection !== null) this.#observer.wrote(this.connection, bytes, taken);
    return taken;
  }

  shutdown(): void {
    this.#socket.shutdown();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}
