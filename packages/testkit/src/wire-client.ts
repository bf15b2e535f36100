// A client of any protocol for tests: numbers its commands, and takes what comes up to an answer or an
// event. Typed by the protocol's messages; like FramePeer under it, it checks nothing that arrives.
// Every wait has the peer's deadline.

import type { Protocol, WireMessage } from "@maru/protocol";
import { FramePeer, type FramePeerOptions, type Numbered, type PeerMessage } from "./frame-peer.ts";

type OfType<M extends WireMessage, T extends string> = Extract<M, { type: T }>;
/** A message without what the client adds. */
type FieldsOf<C extends WireMessage, T extends string> = Omit<OfType<C, T>, "type" | "id">;
/** What has an id, and so an answer. */
type CommandOf<C extends WireMessage> = Extract<C, Numbered>;
type NoticeOf<C extends WireMessage> = Exclude<C, Numbered>;

export class WireClient<
  C extends WireMessage = Numbered & Readonly<Record<string, unknown>>,
  S extends WireMessage = PeerMessage,
> {
  /** Under the commands: for bytes that are none, for the socket, for all that has come. */
  readonly peer: FramePeer;
  #lastId = 0;

  constructor(peer: FramePeer) {
    this.peer = peer;
  }

  static async connect<C extends WireMessage, S extends WireMessage>(
    options: FramePeerOptions,
  ): Promise<WireClient<C, S>> {
    return new WireClient<C, S>(await FramePeer.connect(options));
  }

  /** One that speaks this protocol, in its framing, and is typed by its messages. */
  static to<C extends WireMessage, S extends WireMessage>(
    protocol: Protocol<C, S>,
    options: FramePeerOptions,
  ): Promise<WireClient<C, S>> {
    return WireClient.connect<C, S>({ framing: protocol.framing, ...options });
  }

  /** Sends a command and goes on; its id is returned. */
  tell<T extends CommandOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): number {
    const command = this.#command(type, fields);
    void this.peer.send(command);
    return command.id;
  }

  /** Sends a command and takes everything up to its answer, an error too. */
  ask<T extends CommandOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): Promise<S> {
    return this.peer.ask(this.#command(type, fields)) as Promise<unknown> as Promise<S>;
  }

  /** Sends a notice, which gets no answer. Resolves when the kernel has taken it. */
  notify<T extends NoticeOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): Promise<void> {
    return this.peer.send({ type, ...fields });
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

  #command<T extends CommandOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): Numbered {
    this.#lastId += 1;
    return { type, id: this.#lastId, ...fields };
  }
}
