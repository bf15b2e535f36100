// The only place that names Bun's sockets: a listening port whose connections live in one shard.
// Translates events one to one; decides nothing. Bun's own buffering rules, which shape the engine:
// write() takes what the kernel takes and buffers nothing; end(data) may lose data and is not used.

import type { Socket } from "bun";
import type { Connection } from "../connection/connection.ts";
import type { Shard } from "../shard/shard.ts";

/** What a port tells a shard of its sockets. */
export type SocketEvents = Pick<Shard, "opened" | "received" | "drained" | "peerEnded" | "closed">;

export interface Listener {
  readonly hostname: string;
  readonly port: number;
  /** Stops accepting; open connections stay. */
  stop(): void;
}

interface ListenOptions {
  readonly hostname: string;
  /** 0 = a free one. */
  readonly port: number;
  /** Let other shards listen on the same port (Linux spreads connections over them). */
  readonly sharePort: boolean;
}

/** Throws with the place and the code when the port can't be had (`EADDRINUSE`, `EACCES`). */
export function listen(
  shard: SocketEvents,
  options: ListenOptions,
  onBug: (error: Error) => void,
): Listener {
  const listening = {
    hostname: options.hostname,
    port: options.port,
    // Known to Bun at run time, missing from its types.
    reusePort: options.sharePort,
    allowHalfOpen: true,
    socket: {
      open(socket: Socket<Connection>) {
        socket.data = shard.opened(socket);
      },
      data(socket: Socket<Connection>, chunk: Buffer) {
        shard.received(socket.data, chunk);
      },
      drain(socket: Socket<Connection>) {
        shard.drained(socket.data);
      },
      end(socket: Socket<Connection>) {
        shard.peerEnded(socket.data);
      },
      close(socket: Socket<Connection>) {
        shard.closed(socket.data);
      },
      /** Only what our own handlers throw arrives here: a bug, never a peer's doing. */
      error(_socket: Socket<Connection>, error: Error) {
        onBug(error);
      },
    },
  };
  const server = named(options, () => Bun.listen<Connection>(listening));
  return {
    hostname: server.hostname,
    port: server.port,
    stop: () => server.stop(false),
  };
}

/**
 * Fails as `listen` would if another program has the port already.
 *
 * Shards share their port, and so would a second server started by mistake: the kernel would spread
 * the clients over both. Binding once without sharing finds that out.
 */
export function assertPortIsFree(hostname: string, port: number): void {
  if (port === 0) return;
  named({ hostname, port }, () => Bun.listen({ hostname, port, socket: { data() {} } }).stop(true));
}

/** Bun's own error says neither the port nor, in its message, the reason. */
function named<T>(at: { readonly hostname: string; readonly port: number }, bind: () => T): T {
  try {
    return bind();
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? "refused";
    const message = `cannot listen on ${at.hostname}:${at.port}: ${code}`;
    throw Object.assign(new Error(message, { cause }), { code });
  }
}
