// A client of any protocol for tests: numbers its commands, and takes what comes up to an answer or an
// event. Typed by the protocol's messages; like FramePeer under it, it checks nothing that arrives.
// Every wait has the peer's deadline.

import type { WireMessage } from "@maru/protocol";
import { FramePeer, type FramePeerOptions, type Numbered, type PeerMessage } from "./frame-peer.ts";

type OfType<M extends WireMessage, T extends string> = Extract<M, { type: T }>;
/** A command without what the client adds. */
type FieldsOf<C extends WireMessage, T extends string> = Omit<OfType<C, T>, "type" | "id">;

export class WireClient<
  C extends Numbered = Numbered & Readonly<Record<string, unknown>>,
  S extends WireMessage = PeerMessage,
> {
  /** Under the commands: for bytes that are none, for the socket, for all that has come. */
  readonly peer: FramePeer;
  #lastId = 0;

  constructor(peer: FramePeer) {
    this.peer = peer;
  }

  static async connect<C extends Numbered, S extends WireMessage>(
    options: FramePeerOptions,
  ): Promise<WireClient<C, S>> {
    return new WireClient<C, S>(await FramePeer.connect(options));
  }

  /** Sends a command and goes on; its id is returned. */
  tell<T extends C["type"]>(type: T, fields: FieldsOf<C, T>): number {
    const command = this.#command(type, fields);
    void this.peer.send(command);
    return command.id;
  }

  /** Sends a command and takes everything up to its answer, an error too. */
  ask<T extends C["type"]>(type: T, fields: FieldsOf<C, T>): Promise<S> {
    return this.peer.ask(this.#command(type, fields)) as Promise<unknown> as Promise<S>;
  }

  /** Takes everything up to the next message of the type. */
  next<T extends S["type"]>(type: T): Promise<OfType<S, T>> {
    return this.peer.next(type) as Promise<unknown> as Promise<OfType<S, T>>;
  }

  /** Ends the connection, and waits until the other side has, too. */
  async close(): Promise<void> {
    this.peer.socket.end();
    await this.peer.closed();
  }

  #command<T extends C["type"]>(type: T, fields: FieldsOf<C, T>): Numbered {
    this.#lastId += 1;
    return { type, id: this.#lastId, ...fields };
  }
}
